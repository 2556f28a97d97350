using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

// Cuts a batch into messages: each by the descriptors that one takes, and by the bytes that a frame may have.
internal static class Parts
{
    // Of one message: a token, a sealed file and these are below what a message takes.
    public const int MostSockets = 200;

    // At least one, in the order of the sockets; null, and why, where it cannot go: nothing is to be sent then.
    public static (IReadOnlyList<QuiescedSocket[]>? All, SocketResult Result) Of(
        IReadOnlyList<QuiescedSocket> sockets, HandleOptions options)
    {
        var bound = Math.Max(options.MaxFrame, options.MaxPayload) - FrameBounds.PartHeader;
        var all = new List<QuiescedSocket[]>();
        var part = new List<QuiescedSocket>();
        var (ofPart, ofMove) = (0L, 0L);
        for (var i = 0; i < sockets.Count; i++)
        {
            var size = sockets[i].Baggage.Size;
            ofMove += size;
            if (size > bound) return TooLong($"socket {i} has {size} bytes; a frame may have {bound}");
            if (ofMove > options.MaxMove) return TooLong($"more than the {options.MaxMove} bytes of one move");
            if (part.Count == MostSockets || ofPart + size > bound)
            {
                all.Add([.. part]);
                part.Clear();
                ofPart = 0;
            }

            part.Add(sockets[i]);
            ofPart += size;
        }

        all.Add([.. part]);
        return (all, SocketResult.Success);
    }

    private static (IReadOnlyList<QuiescedSocket[]>? All, SocketResult Result) TooLong(string why) =>
        (null, new(ResultCode.EEMSGSIZE, why));
}

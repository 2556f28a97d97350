using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Hostile;

/// <summary>What a hostile process sends, to a giver and to a taker alike.</summary>
internal sealed class Attacks(Random random, Palette palette)
{
    private const int MostDescriptors = 253;

    public static Attack Of(string name, Frame frame, params IReadOnlyList<SocketDescriptor> descriptors) =>
        new(name, FrameEncoder.Encode(frame), descriptors)
        {
            Offers = frame is Frame.Offer { Id: var id } ? id : null,
        };

    public Attack Any(ulong id) => random.Next(10) switch
    {
        0 => Read("garbage", AnyFrame.Bytes(random, random.Next(1, 200)), Descriptors()),
        1 => Read(
            "too long", AnyFrame.Bytes(random, HostileEnd.Options.MaxFrame + random.Next(1, 1000)), Descriptors()),
        2 => new Attack("empty", default, palette.Any(random, random.Next(3))),
        3 => Counted(id),
        4 or 5 => Sealed(id),
        6 => OutOfOrder(id),
        7 => Of("another's", AnyFrame.Of(random, id + 1 + (ulong)random.Next(3))),
        _ => Read("mutated", Mutation.Of(random, Whole(id)), Descriptors()),
    };

    // As it should be, but for what is its token.
    public Attack Transfer(ulong id, int sockets, bool isTrue)
    {
        var frame = new Frame.Transfer(id, 0, AnyFrame.Many(random, sockets));
        if (!isTrue) return Of("transfer without a token", frame, palette.Any(random, sockets + 1));
        var token = TakeOnceToken.Create(out _)!.Descriptor;
        return Of("transfer", frame, [token, .. palette.Any(random, sockets)]) with { Own = [token], HasToken = true };
    }

    private Attack OutOfOrder(ulong id)
    {
        var frame = AnyFrame.Of(random, id);
        return Of("out of order", frame, palette.Any(random, frame.Descriptors));
    }

    // Other descriptors than the frame says.
    private Attack Counted(ulong id)
    {
        var frame = AnyFrame.Of(random, id);
        var count = frame.Descriptors + (random.Next(2) == 0 ? 1 : -1);
        return Of("miscounted", frame, palette.Any(random, Math.Max(count, frame.Descriptors == 0 ? 1 : 0)));
    }

    private Attack Sealed(ulong id)
    {
        var frame = AnyFrame.Of(random, id);
        var bytes = FrameEncoder.Encode(frame).ToArray();
        var after = palette.Any(random, frame.Descriptors);
        var lie = random.Next(8);
        if (lie == 0) return Of("sealed, no file", new Frame.Sealed(id, bytes.Length));
        if (lie == 1)
            return Of("sealed, not a file", new Frame.Sealed(id, bytes.Length), [.. palette.Any(random, 1), .. after]);
        if (lie == 2) bytes = FrameEncoder.Encode(new Frame.Sealed(id, 40)).ToArray();
        if (lie == 3) bytes = Mutation.Of(random, bytes);
        var file = lie == 4 ? Palette.Unsealed(bytes) : SealedMemory.Create(bytes).Socket!;
        var length = lie switch
        {
            5 => bytes.Length - 1,
            6 => bytes.Length + random.Next(1, 100),
            7 => random.Next(HostileEnd.Options.MaxPayload, int.MaxValue),
            _ => bytes.Length,
        };
        return Of($"sealed, lie {lie}", new Frame.Sealed(id, length), [file, .. after]) with
        {
            Own = [file],
            Offers = OfferIn(bytes),
        };
    }

    private static Attack Read(string name, byte[] bytes, IReadOnlyList<SocketDescriptor> descriptors) =>
        new(name, bytes, descriptors) { Offers = OfferIn(bytes) };

    private static ulong? OfferIn(byte[] bytes) =>
        FrameDecoder.Decode(bytes, int.MaxValue).Frame is Frame.Offer { Id: var id } ? id : null;

    private byte[] Whole(ulong id) => FrameEncoder.Encode(AnyFrame.Of(random, id)).ToArray();

    // None, a few, and seldom as many as a message takes.
    private SocketDescriptor[] Descriptors() => palette.Any(random, random.Next(16) switch
    {
        0 => random.Next(MostDescriptors + 1),
        < 8 => random.Next(5),
        _ => 0,
    });
}

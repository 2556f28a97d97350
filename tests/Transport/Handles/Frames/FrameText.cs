using System.Diagnostics;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

// Everything that a frame says, so that two are equal exactly when their texts are.
internal static class FrameText
{
    public static string Of(Frame frame) => frame switch
    {
        Frame.Offer o => $"Offer {o.Id} {(uint)o.Needs} {o.AnswerWithin} '{o.Label}' {List(o.Sockets, Of)}",
        Frame.Part p => $"Part {p.Id} {p.First} {List(p.Baggage, Of)}",
        Frame.Transfer t => $"Transfer {t.Id} {t.First} {List(t.Baggage, Of)}",
        Frame.Traces t => $"Traces {t.Id} {t.Of} {List(t.Contexts, Of)}",
        KeeperFrame.Deposit d => $"Deposit {d.Id} '{d.Name}' {Of(d.Facts)} {Of(d.Baggage)}",
        KeeperFrame.Update u => $"Update {u.Id} {Of(u.Baggage)}",
        KeeperFrame.Left l => $"Left {l.Id} {List(l.Names, name => $"'{name}'")}",
        KeeperFrame.Listing l => $"Listing {l.Id} {List(l.Deposits, deposit => deposit.ToString())}",
        _ => frame.ToString(),
    };

    private static string Of(SocketFacts f) =>
        $"{f.Kind} '{f.Transport}' {f.Local} {f.Remote} {f.Unread}/{f.UnreadMessages} {f.Unsent} "
        + $"{f.Attachment?.Kind} {Hex(f.Attachment?.Bytes ?? default)}";

    private static string Of(ActivityContext? c) =>
        c is { } trace ? $"{trace.TraceId} {trace.SpanId} {(int)trace.TraceFlags} '{trace.TraceState}'" : "none";

    private static string Of(SocketBaggage b) =>
        $"{b.Consumed} {b.Written} {b.Ends} {List(b.Unread, Of)} {List(b.Unsent, Of)}";

    private static string Of(QueuedMessage m) =>
        $"{m.Address}={Hex(m.Bytes)} {m.IsTruncated} {m.Failure} {m.Received} {m.Sending}";

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);

    private static string List<T>(IEnumerable<T> all, Func<T, string> text) =>
        $"[{string.Join("; ", all.Select(text))}]";
}

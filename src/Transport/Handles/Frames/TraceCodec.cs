using System.Diagnostics;

namespace Handoff.Transport.Handles.Frames;

// The traces of an offer: what traceparent and tracestate of W3C Trace Context say, in bytes. A state that is longer
// than every system has to pass on stays here, as that recommendation has it.
internal static class TraceCodec
{
    private const int IdLength = 16;
    private const int SpanLength = 8;

    public static void Write(WireWriter to, Frame.Traces traces)
    {
        to.UInt64(traces.Of);
        to.Count(traces.Contexts.Count, FrameBounds.Sockets);
        foreach (var context in traces.Contexts) Write(to, context);
    }

    public static Frame.Traces Read(ref WireReader from, ulong id)
    {
        var of = from.UInt64();
        var contexts = new ActivityContext?[from.Count(FrameBounds.Sockets, FrameBounds.SmallestTrace)];
        for (var i = 0; i < contexts.Length && from.Error is null; i++) contexts[i] = Context(ref from);
        return new Frame.Traces(id, of, contexts);
    }

    private static void Write(WireWriter to, ActivityContext? context)
    {
        to.Byte(context is null ? (byte)0 : (byte)1);
        if (context is not { } trace) return;
        Span<byte> ids = stackalloc byte[IdLength + SpanLength];
        trace.TraceId.CopyTo(ids[..IdLength]);
        trace.SpanId.CopyTo(ids[IdLength..]);
        foreach (var octet in ids) to.Byte(octet);
        to.Byte((byte)trace.TraceFlags);
        to.Text(Fits(trace.TraceState) ? trace.TraceState! : "", FrameBounds.TraceState);
    }

    private static bool Fits(string? state) =>
        state is not null && System.Text.Encoding.UTF8.GetByteCount(state) <= FrameBounds.TraceState;

    private static ActivityContext? Context(ref WireReader from)
    {
        var isThere = from.Byte();
        if (isThere == 0) return null;
        if (isThere != 1) from.Fail(FrameFault.BadValue, $"trace {isThere}");
        Span<byte> ids = stackalloc byte[IdLength + SpanLength];
        for (var i = 0; i < ids.Length; i++) ids[i] = from.Byte();
        var flags = (ActivityTraceFlags)from.Byte();
        var state = from.Text(FrameBounds.TraceState);
        if (!ids[..IdLength].ContainsAnyExcept((byte)0) || !ids[IdLength..].ContainsAnyExcept((byte)0))
            from.Fail(FrameFault.BadValue, "a trace without a number");
        if (from.Error is not null) return null;
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(ids[..IdLength]),
            ActivitySpanId.CreateFromBytes(ids[IdLength..]),
            flags,
            state.Length == 0 ? null : state,
            isRemote: true);
    }
}

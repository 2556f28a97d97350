using Handoff.Streams.Framing;

namespace Handoff.Streams;

/// <summary>How a flow reads a connection.</summary>
public sealed record SocketFlowOptions
{
    /// <summary>Chunks as they come, of at most <c>handoff.streams.max-chunk</c> bytes.</summary>
    public static SocketFlowOptions Default { get; } = new();

    /// <summary>Frames instead of chunks; null, the default, for chunks.</summary>
    public SocketFraming? Framing { get; init; }

    /// <summary>
    /// Asked about each chunk or frame that is passed on; true leaves the connection after it, by
    /// <see cref="LeaveMode.Drain"/>, whatever the stages behind the flow have asked for. Null, the default, never
    /// does. Called by the flow's stage: it must not block, and an exception fails the stream.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, bool>? LeaveAfter { get; init; }
}

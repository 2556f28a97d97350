namespace Handoff.Streams;

/// <summary>How a stream leaves its connection.</summary>
public enum LeaveMode
{
    /// <summary>What the stream still writes is written: it leaves once the input of the flow completes, or is
    /// cancelled after <c>handoff.streams.leave-timeout</c>.</summary>
    Drain,

    /// <summary>The input of the flow is cancelled at once; what it had taken is written.</summary>
    Now,
}

using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>How a sink releases sockets.</summary>
public sealed record ReleaseOptions
{
    /// <summary>One at a time; what is not acquired is closed.</summary>
    public static ReleaseOptions Default { get; } = new();

    /// <summary>Sockets that may be on offer at the same time, from 1; the default is 1.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>
    /// Has a socket that nobody acquired, which is its owner's again, and why. Null, the default, closes it. An
    /// exception fails the stream.
    /// </summary>
    public Func<OwnedSocket, SocketResult, Task>? OnFailed { get; init; }
}

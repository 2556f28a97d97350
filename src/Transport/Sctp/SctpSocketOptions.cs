using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp;

/// <summary>What an SCTP socket begins with. Immutable.</summary>
public sealed record SctpSocketOptions
{
    /// <summary>Nothing but what the stack gives by itself, and the events of an association's life.</summary>
    public static SctpSocketOptions Default { get; } = new();

    /// <summary>Events that are told beyond those of an association's life. Default none.</summary>
    public SctpEventKinds Events { get; init; }

    /// <summary>
    /// Bytes that the stack may hold each way (SO_RCVBUF, SO_SNDBUF), with its own overhead and bounds, for all
    /// associations of the socket together. Default 0: as the stack has it; at least 0.
    /// </summary>
    public int SystemBuffer
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>
    /// Whether a received message tells of the one behind it, where the back end can (SCTP_RECVNXTINFO). Default
    /// false.
    /// </summary>
    public bool TellsNext { get; init; }

    /// <summary>Set in order before the socket is bound. Default none.</summary>
    public IReadOnlyList<SctpOption> Options { get; init; } = [];
}

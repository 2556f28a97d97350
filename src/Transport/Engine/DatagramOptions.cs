namespace Handoff.Transport.Engine;

/// <summary>What a datagram socket is given by the system, best effort. Immutable.</summary>
public sealed record DatagramOptions
{
    /// <summary>Nothing but what the system gives by itself.</summary>
    public static DatagramOptions Default { get; } = new();

    /// <summary>
    /// Bytes of messages that the system may hold each way (SO_RCVBUF, SO_SNDBUF: <c>socket(7)</c>), with its own
    /// overhead and bounds. Default 0: as the system has it; at least 0.
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

    /// <summary>Whether it may send to a broadcast address (SO_BROADCAST: <c>socket(7)</c>). Default false.</summary>
    public bool Broadcasts { get; init; }

    /// <summary>
    /// Whether its address may be bound by others who also say so (SO_REUSEADDR: <c>ip(7)</c>): each of them hears
    /// what is sent to a group, and one of them what is sent to the address. UDP only. Default false.
    /// </summary>
    public bool SharesAddress { get; init; }
}

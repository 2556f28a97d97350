using System.IO.Pipelines;

namespace Handoff.Transport.Sockets;

/// <summary>
/// The bounds of a connection, and who runs its code. Immutable; one instance serves any number of connections.
/// </summary>
public sealed record ConnectionOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>The defaults, run by the given schedulers. There is no hidden default for these two.</summary>
    /// <param name="ownerScheduler">
    /// Resumes owners that await a read or a flush, and callers that await the end.
    /// </param>
    /// <param name="pumpScheduler">
    /// Resumes the pumps when an owner made room or wrote something; <see cref="PipeScheduler.Inline"/> sends on the
    /// thread that flushed.
    /// </param>
    public ConnectionOptions(PipeScheduler ownerScheduler, PipeScheduler pumpScheduler)
    {
        ArgumentNullException.ThrowIfNull(ownerScheduler);
        ArgumentNullException.ThrowIfNull(pumpScheduler);
        OwnerScheduler = ownerScheduler;
        PumpScheduler = pumpScheduler;
    }

    /// <summary>Resumes owners that await a read or a flush, and callers that await the end.</summary>
    public PipeScheduler OwnerScheduler { get; init; }

    /// <summary>Resumes the pumps when an owner made room or wrote something.</summary>
    public PipeScheduler PumpScheduler { get; init; }

    /// <summary>
    /// Bytes received and not yet examined by the owner at which receiving pauses; it goes on below half of it.
    /// Default 256 KiB, at least 1. At most one block more is held.
    /// </summary>
    public int ReceiveBuffer { get; init => field = AtLeast(1, value); } = 256 * 1024;

    /// <summary>
    /// Bytes accepted and not yet sent at which a flush waits; it goes on below half of it. Default 256 KiB, at least
    /// 1. At most what was written between two flushes is held on top.
    /// </summary>
    public int SendBuffer { get; init => field = AtLeast(1, value); } = 256 * 1024;

    /// <summary>
    /// With durable reads: bytes received and not consumed, which stay in the system's buffer of the connection; an
    /// owner that waits for more than these without consuming any has its connection closed with
    /// <see cref="ResultCode.EEMSGSIZE"/>. Default 64 KiB, at least 1. A TCP connection gets room for 1 MiB, or as
    /// much as this, as far as the system allows (half of the last of net.ipv4.tcp_rmem).
    /// </summary>
    public int DurableBuffer { get; init => field = AtLeast(1, value); } = 64 * 1024;

    /// <summary>
    /// Where blocks come from, and how large one is. Default <see cref="BlockPool.Shared"/>: 16 KiB.
    /// </summary>
    public BlockPool Blocks { get; init; } = BlockPool.Shared;

    /// <summary>Bytes that an offer may push back. Default 64 KiB, at least 0.</summary>
    public int MaxPushBack { get; init => field = AtLeast(0, value); } = 64 * 1024;

    /// <summary>
    /// How long after its FIN a closed connection goes on reading and discarding what the peer still sends, so that
    /// unread bytes never turn the last bytes it sent into a reset (RFC 1122 4.2.2.13). Default 2 s, at most a day.
    /// </summary>
    public TimeSpan Linger { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Bytes that are discarded like this before reading stops: the peer can then send no more than the system
    /// buffers, and still has the rest of <see cref="Linger"/> to read. Default 1 MiB, at least 0.
    /// </summary>
    public int LingerBytes { get; init => field = AtLeast(0, value); } = 1024 * 1024;

    /// <summary>
    /// The bound on flushing at a graceful close; after it the connection is aborted with
    /// <see cref="ResultCode.EETIMEDOUT"/>. It bounds too how long bytes that arrived before a failure of sending may
    /// wait for the owner. Default 10 s, at most a day.
    /// </summary>
    public TimeSpan CloseTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of both time-outs. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    private static TimeSpan Bounded(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTimer);
        return value;
    }
}

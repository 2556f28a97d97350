using System.IO.Pipelines;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// The bounds of a socket whose unit is a message, and who runs its code. Immutable; one instance serves any number of
/// sockets.
/// </summary>
public sealed record MessageOptions
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>The defaults, run by the given schedulers. There is no hidden default for these two.</summary>
    /// <param name="ownerScheduler">
    /// Resumes owners that await a read or a send, and callers that await the end.
    /// </param>
    /// <param name="pumpScheduler">Resumes what moves messages when an owner made room or sent something.</param>
    public MessageOptions(PipeScheduler ownerScheduler, PipeScheduler pumpScheduler)
    {
        ArgumentNullException.ThrowIfNull(ownerScheduler);
        ArgumentNullException.ThrowIfNull(pumpScheduler);
        OwnerScheduler = ownerScheduler;
        PumpScheduler = pumpScheduler;
    }

    /// <summary>Resumes owners that await a read or a send, and callers that await the end.</summary>
    public PipeScheduler OwnerScheduler { get; init; }

    /// <summary>Resumes what moves messages when an owner made room or sent something.</summary>
    public PipeScheduler PumpScheduler { get; init; }

    /// <summary>
    /// Bytes of one message, both ways: a longer one is received truncated, and refused when it is sent. Default
    /// 64 KiB, which no UDP message exceeds; at least 1.
    /// </summary>
    public int MaxMessage { get; init => field = AtLeast(1, value); } = 64 * 1024;

    /// <summary>
    /// Messages received and not consumed at which receiving pauses, and goes on below half of it; meanwhile the
    /// system keeps what it can and drops the rest of the datagrams. Default 1024, at least 1.
    /// </summary>
    public int ReceiveMessages { get; init => field = AtLeast(1, value); } = 1024;

    /// <summary>
    /// Bytes received and not consumed at which receiving pauses, too; at most one message more is held. Default
    /// 256 KiB, at least 1.
    /// </summary>
    public int ReceiveBuffer { get; init => field = AtLeast(1, value); } = 256 * 1024;

    /// <summary>
    /// Messages accepted and not yet sent at which a send waits; it goes on below half of it. Default 1024, at least
    /// 1.
    /// </summary>
    public int SendMessages { get; init => field = AtLeast(1, value); } = 1024;

    /// <summary>
    /// Bytes accepted and not yet sent at which a send waits, too; at most one message more is held. Default 256 KiB,
    /// at least 1.
    /// </summary>
    public int SendBuffer { get; init => field = AtLeast(1, value); } = 256 * 1024;

    /// <summary>Where blocks come from. Default <see cref="BlockPool.Shared"/>.</summary>
    public BlockPool Blocks { get; init; } = BlockPool.Shared;

    /// <summary>
    /// The bound on sending what was accepted at a graceful close; after it the socket is aborted with
    /// <see cref="ResultCode.EETIMEDOUT"/>. Default 10 s, at most a day.
    /// </summary>
    public TimeSpan CloseTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the time-out. Default <see cref="TimeProvider.System"/>.</summary>
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

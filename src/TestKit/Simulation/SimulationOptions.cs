using System.IO.Pipelines;

namespace Handoff.TestKit.Simulation;

/// <summary>
/// What a simulated network does to its connections, and how often. Nothing, by default: it is then as quick and as
/// reliable as memory. A rate is a chance from 0 to 1, drawn for each call that its comment names.
/// </summary>
public sealed record SimulationOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>A network without faults.</summary>
    /// <param name="scheduler">
    /// Resumes whoever awaits a socket. Not <see cref="PipeScheduler.Inline"/>: two ends that answer each other would
    /// never return.
    /// </param>
    public SimulationOptions(PipeScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (ReferenceEquals(scheduler, PipeScheduler.Inline))
            throw new ArgumentException("Two ends that resume each other inline never return.", nameof(scheduler));
        Scheduler = scheduler;
    }

    /// <summary>Resumes whoever awaits a socket.</summary>
    public PipeScheduler Scheduler { get; }

    /// <summary>Bytes of one direction that were sent and have not arrived; then a send waits. Default 64 KiB, at
    /// least 1.</summary>
    public int SendWindow { get; init => field = AtLeastOne(value); } = 64 * 1024;

    /// <summary>Bytes of one direction that arrived and were not received; more of them stay under way, except
    /// datagrams, which are dropped. Default 64 KiB, at least 1.</summary>
    public int ReceiveWindow { get; init => field = AtLeastOne(value); } = 64 * 1024;

    /// <summary>
    /// The most that one direction of a connection needs from end to end in the mean, which is drawn for it. Each
    /// piece needs half to one and a half of that, and one in 32 eight times as much. The order within a direction is
    /// kept. Default 0, at most a day.
    /// </summary>
    public TimeSpan MaxLatency { get; init => field = Bounded(value); }

    /// <summary>The chance of a receive that it brings only a part of what is there. Default 0.</summary>
    public double PartialReadRate { get; init => field = Chance(value); }

    /// <summary>The chance of a send that it takes only a part of what it could. Default 0.</summary>
    public double PartialWriteRate { get; init => field = Chance(value); }

    /// <summary>The chance of a send that its direction then stands still for up to <see cref="MaxStall"/>. Default
    /// 0.</summary>
    public double StallRate { get; init => field = Chance(value); }

    /// <summary>The longest stall that is drawn. Default 1 s, at most a day.</summary>
    public TimeSpan MaxStall { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(1);

    /// <summary>The chance of a send that both ends are then reset. Default 0.</summary>
    public double ResetRate { get; init => field = Chance(value); }

    /// <summary>The chance of a send that nothing arrives from then on, at either end. Default 0.</summary>
    public double CutRate { get; init => field = Chance(value); }

    /// <summary>
    /// How long an end waits for bytes to arrive at a peer that vanished; then its calls end with <see
    /// cref="Handoff.Transport.ResultCode.EETIMEDOUT"/> (TCP's user time-out, RFC 9293 3.8.3). Default null: for ever.
    /// </summary>
    public TimeSpan? GiveUpAfter { get; init => field = value is { } time ? Bounded(time) : null; }

    /// <summary>The chance of a FIN that it is held back for up to <see cref="MaxStall"/>, so that what the peer sends
    /// meets it. Default 0.</summary>
    public double LateFinRate { get; init => field = Chance(value); }

    /// <summary>The chance of a connect that it is refused. Default 0.</summary>
    public double ConnectRefusedRate { get; init => field = Chance(value); }

    /// <summary>The chance of a connect that it is not answered and ends with its time-out. Default 0.</summary>
    public double ConnectUnansweredRate { get; init => field = Chance(value); }

    /// <summary>The chance of a connect that its answer takes up to <see cref="MaxStall"/>. Default 0.</summary>
    public double SlowConnectRate { get; init => field = Chance(value); }

    /// <summary>The chance of an accept that the connection is lost: <see
    /// cref="Handoff.Transport.ResultCode.EEACCEPT"/>, and a reset for who connected. Default 0.</summary>
    public double AcceptFailureRate { get; init => field = Chance(value); }

    /// <summary>The chance of an accept that no descriptor is left for it: <see
    /// cref="Handoff.Transport.ResultCode.EENOSOCKS"/>; the connection goes on waiting. Default 0.</summary>
    public double NoSocketsRate { get; init => field = Chance(value); }

    /// <summary>The chance of a datagram that it does not arrive. Default 0.</summary>
    public double LossRate { get; init => field = Chance(value); }

    /// <summary>The chance of a datagram that it arrives twice. Default 0.</summary>
    public double DuplicateRate { get; init => field = Chance(value); }

    /// <summary>The chance of a datagram that it is up to <see cref="MaxStall"/> late, so that others overtake it.
    /// Default 0.</summary>
    public double ReorderRate { get; init => field = Chance(value); }

    /// <summary>Sockets that may be open; beyond, listen, connect and accept end with <see
    /// cref="Handoff.Transport.ResultCode.EENOSOCKS"/>. Default 65536, at least 1.</summary>
    public int MaxSockets { get; init => field = AtLeastOne(value); } = 65536;

    /// <summary>Events that <see cref="SimulatedNetwork.Trace"/> holds; then the oldest is forgotten. Default 256, at
    /// least 1.</summary>
    public int TraceCapacity { get; init => field = AtLeastOne(value); } = 256;

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static TimeSpan Bounded(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest);
        return value;
    }

    private static double Chance(double value)
    {
        if (!(value is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "not from 0 to 1");
        return value;
    }
}

using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

/// <summary>
/// A network inside the process, on a clock of the test's choice, that does to its connections what its options say
/// and what a test asks for. Each random decision comes from one seed, in the order of the calls: the same calls in
/// the same order meet the same faults. Without faults and latency nothing needs the clock. Thread-safe.
/// </summary>
public sealed class SimulatedNetwork : IEngine, IDatagramEngine, IDisposable
{
    private readonly NetworkCore _core;
    private readonly Places _places = new();
    private readonly PlannedFaults _connectFaults = new();
    private readonly PlannedFaults _acceptFaults = new();
    private readonly Dictionary<EndPoint, SimulatedLink> _links = [];
    private readonly SimulatedDatagrams _datagrams;
    private long _lastLink;

    /// <summary>A network without listeners.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="timeProvider">The clock of latency, stalls and time-outs.</param>
    /// <param name="options">What it does to its connections.</param>
    public SimulatedNetwork(long seed, TimeProvider timeProvider, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(options);
        Seed = seed;
        _core = new NetworkCore(seed, timeProvider, options);
        _datagrams = new SimulatedDatagrams(_core);
    }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>Connections with an end that is not closed, in the order in which they were made.</summary>
    public IReadOnlyList<SimulatedLink> Links
    {
        get
        {
            lock (_core.Gate) return [.. _links.Values.OrderBy(link => link.Number)];
        }
    }

    /// <summary>Listeners, ends of connections and datagram sockets that somebody has and did not close.</summary>
    public int OpenSockets
    {
        get
        {
            lock (_core.Gate) return _core.OpenSockets;
        }
    }

    /// <summary>The last events, oldest first; at most <see cref="SimulationOptions.TraceCapacity"/>.</summary>
    public IReadOnlyList<NetworkEvent> Trace
    {
        get
        {
            lock (_core.Gate) return _core.Trace.Events;
        }
    }

    /// <summary>The connection between two addresses, in either order.</summary>
    /// <param name="one">The address of one end.</param>
    /// <param name="other">The address of the other end.</param>
    /// <exception cref="ArgumentException">There is none, or both of its ends are closed.</exception>
    public SimulatedLink Link(EndPoint one, EndPoint other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        lock (_core.Gate)
        {
            if (_links.TryGetValue(one, out var link) && link.Server.Equals(other)) return link;
            if (_links.TryGetValue(other, out link) && link.Server.Equals(one)) return link;
        }

        throw new ArgumentException($"There is no connection between {one} and {other}.", nameof(other));
    }

    /// <summary>The next connect to a place fails, once for each call of this.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="code">The code; <see cref="ResultCode.EETIMEDOUT"/> comes when the time-out has passed.</param>
    public void FailConnect(EndPoint place, ResultCode code)
    {
        ArgumentNullException.ThrowIfNull(place);
        lock (_core.Gate) _connectFaults.Add(place, Failure(code));
    }

    /// <summary>The next accept at a place that finds a connection fails, once for each call of this.</summary>
    /// <param name="place">Where the listener listens.</param>
    /// <param name="code">
    /// <see cref="ResultCode.EENOSOCKS"/> leaves the connection waiting; with any other code it is lost.
    /// </param>
    public void FailAccept(EndPoint place, ResultCode code)
    {
        ArgumentNullException.ThrowIfNull(place);
        lock (_core.Gate) _acceptFaults.Add(place, Failure(code));
    }

    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        if (endPoint is not IPEndPoint wanted) return ResultCode.EEBADADDR;
        lock (_core.Gate)
        {
            if (!_core.HasSocketsLeft) return ResultCode.EENOSOCKS;
            var place = wanted.Port == 0 ? _places.Free(wanted.Address, _links.ContainsKey) : wanted;
            if (place is null) return ResultCode.EEADDRINUSE;
            var listener = new SimulatedListener(_core, this, place, backlog);
            if (!_places.TryAdd(listener)) return ResultCode.EEADDRINUSE;
            _core.Opened();
            return listener;
        }
    }

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        ConnectAsync(endPoint, local: null, timeout, timeProvider, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint,
        EndPoint? local,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (endPoint is not IPEndPoint place || From(local, place) is not { } from) return new(ResultCode.EEBADADDR);
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        var wakes = default(Wakes);
        ValueTask<SocketOr<IStreamSocket>> result;
        lock (_core.Gate)
        {
            if (IsTaken(from)) return new(Failed(ResultCode.EEADDRINUSE));
            var failure = ConnectFailure(place);
            if (failure is not (ResultCode.None or ResultCode.EETIMEDOUT)) return new(Failed(failure));
            var connect = new PendingConnect(this, place, from, _core.Options.Scheduler);
            var answer = AnswerTime();
            if (failure is ResultCode.EETIMEDOUT)
            {
                result = connect.Wait(timeout, timeProvider, cancellationToken);
            }
            else if (answer > TimeSpan.Zero)
            {
                result = connect.Wait(timeout, timeProvider, cancellationToken);
                _core.Agenda.Add(connect, _core.Agenda.Now + answer);
            }
            else
            {
                var now = Reach(connect, ref wakes);
                result = now is { } socket ? new(socket) : connect.Wait(timeout, timeProvider, cancellationToken);
            }
        }

        wakes.Fire();
        return result;
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _datagrams.Open(local, remote);
    }

    /// <summary>Forgets what is under way; sockets that are open wait for ever.</summary>
    public void Dispose() => _core.Dispose();

    // Under the gate. Null if the connect waits for room.
    internal SocketOr<IStreamSocket>? Reach(PendingConnect connect, ref Wakes wakes) =>
        _places.Find(connect.Place) is { } listener
            ? listener.Connect(connect, ref wakes)
            : Failed(ResultCode.EECONNREFUSED);

    // Under the gate.
    internal (SimulatedLink? Link, ResultCode Code) Establish(PendingConnect connect)
    {
        if (!_core.HasSocketsLeft) return (null, Failed(ResultCode.EENOSOCKS));
        var from = connect.From;

        // Another may have taken it meanwhile.
        if (IsTaken(from)) return (null, Failed(ResultCode.EEADDRINUSE));
        var client = from.Port == 0 ? _places.Free(from.Address, _links.ContainsKey) : from;
        if (client is null) return (null, Failed(ResultCode.EECONNECT));
        var link = new SimulatedLink(
            _core, ++_lastLink, client, connect.Place, closed => _links.Remove(closed.Client));
        _links.Add(client, link);
        _core.Note(link, NetworkEventKind.Connected, atClient: true);
        link.Near.Open();
        return (link, ResultCode.EESUCCESS);
    }

    internal void GiveUp(PendingConnect connect, ResultCode why)
    {
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            if (!connect.IsWaiting) return;
            connect.Queue?.Forget(connect);
            connect.End(Failed(why), ref wakes);
        }

        wakes.Fire();
    }

    // Under the gate.
    internal ResultCode AcceptFailure(IPEndPoint place)
    {
        var options = _core.Options;
        var planned = _acceptFaults.Next(place);
        if (planned is not ResultCode.None) return planned;
        if (!_core.HasSocketsLeft || _core.Draws.Happens(options.NoSocketsRate)) return ResultCode.EENOSOCKS;
        return _core.Draws.Happens(options.AcceptFailureRate) ? ResultCode.EEACCEPT : ResultCode.None;
    }

    // Under the gate.
    internal void Forget(SimulatedListener listener)
    {
        _places.Remove(listener);
        _core.Closed();
    }

    private static ResultCode Failure(ResultCode code) => code is ResultCode.None or ResultCode.EESUCCESS
        ? throw new ArgumentException($"{code} is no failure.", nameof(code))
        : code;

    // Where nothing is said, the address that is connected to: all are of one machine. Null for one of another kind.
    private static IPEndPoint? From(EndPoint? local, IPEndPoint place) => local switch
    {
        null => new(place.Address, 0),
        IPEndPoint from when from.AddressFamily != place.AddressFamily => null,
        IPEndPoint from when from.Equals(Places.Any(from)) => new(place.Address, from.Port),
        _ => local as IPEndPoint,
    };

    // By a listener, or by the connection that an address has.
    private bool IsTaken(IPEndPoint from) =>
        from.Port != 0 && (_links.ContainsKey(from) || _places.Find(from) is not null);

    private ResultCode ConnectFailure(IPEndPoint place)
    {
        var options = _core.Options;
        var planned = _connectFaults.Next(place);
        if (planned is not ResultCode.None) return planned;
        if (!_core.HasSocketsLeft) return ResultCode.EENOSOCKS;
        if (_core.Draws.Happens(options.ConnectRefusedRate)) return ResultCode.EECONNREFUSED;
        return _core.Draws.Happens(options.ConnectUnansweredRate) ? ResultCode.EETIMEDOUT : ResultCode.None;
    }

    // There and back.
    private TimeSpan AnswerTime()
    {
        var (draws, options) = (_core.Draws, _core.Options);
        var answer = draws.Around(draws.UpTo(options.MaxLatency)) + draws.Around(draws.UpTo(options.MaxLatency));
        return draws.Happens(options.SlowConnectRate) ? answer + draws.UpTo(options.MaxStall) : answer;
    }

    private ResultCode Failed(ResultCode code)
    {
        _core.Note(NetworkEventKind.ConnectFailed, code);
        return code;
    }
}

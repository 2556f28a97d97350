using System.Net;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

/// <summary>
/// SCTP inside the process, on a clock of the test's choice: the back end "simulated". Each random decision comes from
/// one seed, in the order of the calls. Of its options it heeds the windows, latency, loss (which here costs time, as
/// what is lost is sent again), refused and unanswered connects, the bound on giving up, and the bound on sockets.
/// Thread-safe.
/// </summary>
public sealed class SimulatedSctp : ISctpBackend, IDisposable
{
    private readonly NetworkCore _core;
    private readonly List<SctpPlace> _places = [];
    private readonly HashSet<IPEndPoint> _down = [];
    private readonly FreePorts _ports = new();

    /// <summary>A network without sockets.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="timeProvider">The clock of latency and time-outs.</param>
    /// <param name="options">What it does to its associations.</param>
    public SimulatedSctp(long seed, TimeProvider timeProvider, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(options);
        Seed = seed;
        _core = new NetworkCore(seed, timeProvider, options);
    }

    /// <summary>The seed.</summary>
    public long Seed { get; }

    /// <summary>Sockets that somebody has and did not close.</summary>
    public int OpenSockets
    {
        get
        {
            lock (_core.Gate) return _core.OpenSockets;
        }
    }

    string ISctpBackend.Name => "simulated";

    SctpCapabilities ISctpBackend.Capabilities =>
        SctpCapabilities.MultiHomed | SctpCapabilities.Rebinds | SctpCapabilities.TellsNext;

    /// <summary>
    /// From now on an address can be reached, or not. Who has associations with it is told; one of which no address
    /// of the peer, or of its own, can be reached stands still, and is lost after <see
    /// cref="SimulationOptions.GiveUpAfter"/>.
    /// </summary>
    /// <param name="address">The address, with its port.</param>
    /// <param name="isReachable">Whether it can be reached.</param>
    public void SetReachable(IPEndPoint address, bool isReachable)
    {
        ArgumentNullException.ThrowIfNull(address);
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            if (isReachable ? !_down.Remove(address) : !_down.Add(address)) return;
            AssociationEnd[] ends = [.. _places.SelectMany(place => place.Ends)];
            foreach (var end in ends.Where(end => end.Peers.Contains(address) || end.Local.Contains(address)))
                end.Reached(address, isReachable, ref wakes);
        }

        wakes.Fire();
    }

    /// <summary>Forgets what is under way; sockets that are open wait for ever.</summary>
    public void Dispose() => _core.Dispose();

    SocketOr<ISctpSocket> ISctpBackend.Open(IReadOnlyList<IPEndPoint> local, SctpSocketOptions options)
    {
        lock (_core.Gate)
        {
            var socket = new SimulatedSctpSocket(_core, this, SctpStyle.OneToMany, options.Events);
            var result = Bind(socket, local, options, socket.Settings);
            if (result is not ResultCode.EESUCCESS) return result;
            return socket;
        }
    }

    SocketOr<ISctpListenSocket> ISctpBackend.Listen(
        IReadOnlyList<IPEndPoint> local, int backlog, SctpSocketOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        lock (_core.Gate)
        {
            var listener = new SimulatedSctpListener(_core, this, backlog, options.Events);
            var result = Bind(listener, local, options, listener.Settings);
            if (result is not ResultCode.EESUCCESS) return result;
            return listener;
        }
    }

    ValueTask<SocketOr<ISctpSocket>> ISctpBackend.ConnectAsync(
        IReadOnlyList<IPEndPoint> remote,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (remote.Count == 0) return new(ResultCode.EENOADDR);
        if (SctpRules.Obstacle(remote) is { } obstacle || remote[0].Port == 0) return new(ResultCode.EEBADADDR);
        if (cancellationToken.IsCancellationRequested) return new(ResultCode.EEINTR);
        var wakes = default(Wakes);
        ValueTask<SocketOr<ISctpSocket>> result;
        lock (_core.Gate)
        {
            var socket = new SimulatedSctpSocket(_core, this, SctpStyle.OneToOne, options.Events);
            IReadOnlyList<IPEndPoint> from = local.Count > 0 ? local : [new IPEndPoint(remote[0].Address, 0)];
            var bound = Bind(socket, from, options, socket.Settings);
            if (bound is not ResultCode.EESUCCESS) return new(bound);
            result = socket.ConnectAsync(remote, timeout, timeProvider, cancellationToken, ref wakes);
        }

        wakes.Fire();
        return result;
    }

    // Under the gate.
    internal bool IsDown(IPEndPoint address) => _down.Contains(address);

    // Under the gate. Whoever is bound to any address is found at each of the same family.
    internal SctpPlace? Find(IPEndPoint address) => _places.Find(place => place.Addresses.Contains(address))
        ?? _places.Find(place => place.Addresses.Contains(Places.Any(address)));

    // Under the gate.
    internal void Free(SctpPlace place) => _places.Remove(place);

    // Under the gate.
    internal void Begin(AssociationEnd caller, ref Wakes wakes) =>
        new SctpHandshake(_core, this, caller).Begin(ref wakes);

    // Under the gate. Two endpoints may have a port in common, but no address.
    internal bool IsTaken(IPEndPoint wanted, SctpPlace? except) => _places.Exists(place => place != except
        && place.Addresses.Any(address => address.Port == wanted.Port
            && address.AddressFamily == wanted.AddressFamily
            && (address.Equals(wanted) || IsAny(address) || IsAny(wanted))));

    private ResultCode Bind(
        ISctpBound taker, IReadOnlyList<IPEndPoint> local, SctpSocketOptions options, SctpSettings settings)
    {
        if (SctpRules.Obstacle(local) is { } obstacle) return obstacle;
        foreach (var option in options.Options)
        {
            var set = settings.Set(SctpStyle.OneToMany, option);
            if (!set.IsSuccess) return set.Code is ResultCode.EEINVAL ? ResultCode.EESETSOCKOPT : set.Code;
        }

        if (!_core.HasSocketsLeft) return ResultCode.EENOSOCKS;
        IReadOnlyList<IPEndPoint> wanted = local.Count > 0 ? local : [new IPEndPoint(IPAddress.Any, 0)];
        var port = wanted[0].Port == 0
            ? _ports.Next(wanted[0].Address, one => wanted.Any(address => IsTaken(At(address, one.Port), null)))?.Port
            : wanted[0].Port;
        if (port is not { } found) return ResultCode.EEADDRINUSE;
        IPEndPoint[] addresses = [.. wanted.Select(address => At(address, found))];
        if (addresses.Any(address => IsTaken(address, null))) return ResultCode.EEADDRINUSE;
        var place = new SctpPlace(this, addresses, taker);
        _places.Add(place);
        taker.Bound(place, options);
        _core.Opened();
        return ResultCode.EESUCCESS;
    }

    private static IPEndPoint At(IPEndPoint address, int port) => new(address.Address, port);

    private static bool IsAny(IPEndPoint address) => address.AddressFamily is AddressFamily.InterNetworkV6
        ? address.Address.Equals(IPAddress.IPv6Any)
        : address.Address.Equals(IPAddress.Any);
}

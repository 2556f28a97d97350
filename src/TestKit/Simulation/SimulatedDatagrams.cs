using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// The datagram sockets of a network, and what is under way between them. Called under the gate, except to open one.
internal sealed class SimulatedDatagrams(NetworkCore core)
{
    private readonly Dictionary<IPEndPoint, SimulatedDatagramSocket> _sockets = [];
    private readonly FreePorts _ports = new();

    public SocketOr<IDatagramSocket> Open(EndPoint? local, EndPoint? remote)
    {
        if (local is null && remote is null) return ResultCode.EENOADDR;
        if (local is not (null or IPEndPoint) || remote is not (null or IPEndPoint)) return ResultCode.EEBADADDR;
        var (from, to) = ((IPEndPoint?)local, (IPEndPoint?)remote);
        if (from is not null && to is not null && from.AddressFamily != to.AddressFamily) return ResultCode.EEBADADDR;
        lock (core.Gate)
        {
            if (!core.HasSocketsLeft) return ResultCode.EENOSOCKS;
            var wanted = from ?? new IPEndPoint(to!.Address, 0);
            var place = wanted.Port == 0 ? _ports.Next(wanted.Address, _sockets.ContainsKey) : wanted;
            if (place is null) return ResultCode.EEADDRINUSE;
            var socket = new SimulatedDatagramSocket(core, this, place, to);
            if (!_sockets.TryAdd(place, socket)) return ResultCode.EEADDRINUSE;
            core.Opened();
            return socket;
        }
    }

    public void Forget(SimulatedDatagramSocket socket)
    {
        _sockets.Remove(socket.Place);
        core.Closed();
    }

    // It may be lost, and it may be there twice. The order of what one sends is kept, unless that is drawn, too.
    public void Post(SimulatedDatagramSocket from, IPEndPoint to, byte[] bytes, ref Wakes wakes)
    {
        var (draws, options) = (core.Draws, core.Options);
        core.Note(null, NetworkEventKind.Sent, atClient: true, bytes.Length);
        var copies = draws.Happens(options.DuplicateRate) ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            if (draws.Happens(options.LossRate))
            {
                core.Note(null, NetworkEventKind.Lost, atClient: false, bytes.Length);
                continue;
            }

            var due = core.Agenda.Now + draws.Around(from.Latency);
            if (draws.Happens(options.ReorderRate)) due += draws.UpTo(options.MaxStall);
            else due = from.InOrder(due);
            var letter = new Letter(this, from, to, bytes);
            if (due <= core.Agenda.Now) letter.Come(ref wakes);
            else core.Agenda.Add(letter, due);
        }
    }

    private void Arrive(SimulatedDatagramSocket from, IPEndPoint to, byte[] bytes, ref Wakes wakes)
    {
        if ((_sockets.GetValueOrDefault(to) ?? _sockets.GetValueOrDefault(Places.Any(to))) is { } socket)
            socket.Deliver(bytes, from.Place, ref wakes);
        else
            from.Refuse(ref wakes);
    }

    private sealed class Letter(
        SimulatedDatagrams datagrams, SimulatedDatagramSocket from, IPEndPoint to, byte[] bytes) : IDue
    {
        public void Come(ref Wakes wakes) => datagrams.Arrive(from, to, bytes, ref wakes);
    }
}

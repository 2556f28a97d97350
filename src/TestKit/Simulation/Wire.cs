using System.Buffers;
using Handoff.Transport;
using Handoff.Transport.Memory;

namespace Handoff.TestKit.Simulation;

// What is under way in one direction of a connection. It keeps the order. Called under the gate.
internal sealed class Wire : IDue
{
    private readonly NetworkCore _core;
    private readonly SimulatedLink _link;
    private readonly bool _fromClient;
    private readonly TimeSpan _latency;
    private readonly Queue<Flight> _flights = new();
    private readonly Ring _bytes;
    private int _underWay;
    private int _arrivedOfFirst;
    private TimeSpan _lastDue;
    private TimeSpan _stalledUntil;
    private bool _isScheduled;
    private bool _isArriving;
    private bool _isCut;
    private bool _isGivingUp;

    public Wire(NetworkCore core, SimulatedLink link, bool fromClient)
    {
        _core = core;
        _link = link;
        _fromClient = fromClient;
        _latency = core.Draws.UpTo(core.Options.MaxLatency);
        _bytes = new Ring(core.Options.SendWindow + core.Options.ReceiveWindow);
        Sender = new SendingEnd(core, link, fromClient) { Wire = this };
        Receiver = new ReceivingEnd(core, link, !fromClient, _bytes);
    }

    public SendingEnd Sender { get; }

    public ReceivingEnd Receiver { get; }

    public int Room => _core.Options.SendWindow - _underWay;

    // A closed receiver's bytes vanish, and it says so when they arrive.
    public void Launch(in ReadOnlySequence<byte> bytes, ref Wakes wakes)
    {
        if (!Receiver.IsClosed) _bytes.Write(bytes);
        _underWay += (int)bytes.Length;
        Launch(FlightKind.Bytes, ref wakes, bytes: (int)bytes.Length);
    }

    public void Launch(FlightKind kind, ref Wakes wakes, TimeSpan later = default, int bytes = 0)
    {
        if (_isCut)
        {
            StartGivingUp();
            return;
        }

        var due = _core.Agenda.Now + _core.Draws.Around(_latency) + later;
        _lastDue = due > _lastDue ? due : _lastDue;
        _flights.Enqueue(new Flight(kind, bytes, _lastDue));
        Arrive(ref wakes);
    }

    public void LaunchUrgent(byte value)
    {
        var due = _core.Agenda.Now + _core.Draws.Around(_latency);
        if (_isCut) return;
        if (due <= _core.Agenda.Now) Receiver.ArrivedUrgent(value);
        else _core.Agenda.Add(new UrgentByte(this, value), due);
    }

    public void Stall(TimeSpan time)
    {
        var until = _core.Agenda.Now + time;
        if (until > _stalledUntil) _stalledUntil = until;
        _core.Note(_link, NetworkEventKind.Stalled, _fromClient, time.Ticks);
    }

    // What is under way still counts: nobody says that it arrived.
    public void Cut()
    {
        _isCut = true;
        _flights.Clear();
        StartGivingUp();
    }

    public void Lose() => _flights.Clear();

    public void Come(ref Wakes wakes)
    {
        _isScheduled = false;
        Arrive(ref wakes);
    }

    // As much as is due and finds room.
    public void Arrive(ref Wakes wakes)
    {
        // Whoever is told of what arrives may send more, or meet a fault: it is seen to here.
        if (_isArriving) return;
        _isArriving = true;
        while (_flights.TryPeek(out var flight) && IsDue(flight) && ArriveFirst(flight, ref wakes))
        {
        }

        _isArriving = false;
    }

    private bool IsDue(Flight flight)
    {
        var due = flight.Due > _stalledUntil ? flight.Due : _stalledUntil;
        if (due <= _core.Agenda.Now) return true;
        if (!_isScheduled) _core.Agenda.Add(this, due);
        _isScheduled = true;
        return false;
    }

    // False if there is no room for it.
    private bool ArriveFirst(Flight flight, ref Wakes wakes)
    {
        switch (flight.Kind)
        {
            case FlightKind.Bytes:
                return ArriveBytes(flight.Bytes - _arrivedOfFirst, ref wakes);
            case FlightKind.Fin:
                _flights.Dequeue();
                Receiver.Finish(ref wakes);
                return true;
            default:
                _flights.Dequeue();
                if (Receiver.IsClosed) return true;
                _core.Note(_link, NetworkEventKind.ResetArrived, !_fromClient);
                _link.Fail(atClient: !_fromClient, ResultCode.EERESET, ref wakes);
                return true;
        }
    }

    private bool ArriveBytes(int left, ref Wakes wakes)
    {
        var count = Receiver.IsClosed ? left : Math.Min(left, Receiver.Room);
        if (count == 0) return false;
        if (count == left) _flights.Dequeue();
        _arrivedOfFirst = count == left ? 0 : _arrivedOfFirst + count;
        _underWay -= count;
        if (Receiver.IsClosed) _link.SenderAt(client: !_fromClient).Reset(ref wakes);
        else Receiver.Arrived(count, ref wakes);
        Sender.Notice(ref wakes);
        return true;
    }

    private void StartGivingUp()
    {
        if (_isGivingUp || _underWay == 0 || _core.Options.GiveUpAfter is not { } time) return;
        _isGivingUp = true;
        _core.Agenda.Add(new GivingUp(this), _core.Agenda.Now + time);
    }

    private void GiveUp(ref Wakes wakes)
    {
        if (!Sender.MayGiveUp) return;
        _core.Note(_link, NetworkEventKind.GaveUp, _fromClient);
        _link.Fail(atClient: _fromClient, ResultCode.EETIMEDOUT, ref wakes);
    }

    private sealed class GivingUp(Wire wire) : IDue
    {
        public void Come(ref Wakes wakes) => wire.GiveUp(ref wakes);
    }

    private sealed class UrgentByte(Wire wire, byte value) : IDue
    {
        public void Come(ref Wakes wakes)
        {
            if (!wire._isCut) wire.Receiver.ArrivedUrgent(value);
        }
    }
}

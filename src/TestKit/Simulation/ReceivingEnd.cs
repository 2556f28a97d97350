using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;

namespace Handoff.TestKit.Simulation;

// Where one direction of a connection arrives. Called under the gate.
internal sealed class ReceivingEnd(NetworkCore core, SimulatedLink link, bool atClient, Ring bytes)
{
    private readonly Call<IoResult> _call = new(core.Options.Scheduler);
    private Memory<byte> _into;
    private State _state;
    private ResultCode _failure;
    private bool _isWaitStopped;
    private byte? _urgent;
    private int _arrived;

    private enum State
    {
        Open,
        Finished,
        Closed,
    }

    public bool IsClosed => _state is State.Closed;

    // Whether bytes have arrived that nobody received.
    public bool HasUnread => _arrived > 0;

    public int Room => core.Options.ReceiveWindow - _arrived;

    // An empty buffer asks for readiness only.
    public ValueTask<IoResult> Receive(Memory<byte> into)
    {
        if (TryTake(into, out var now)) return new(now);
        _call.Arm();
        _into = into;
        return _call.Armed;
    }

    public void StopWaiting(ref Wakes wakes)
    {
        _isWaitStopped = true;
        Notice(ref wakes);
    }

    public void Close(ref Wakes wakes)
    {
        _state = State.Closed;
        bytes.Clear();
        _arrived = 0;
        Notice(ref wakes);
    }

    public void Arrived(int count, ref Wakes wakes)
    {
        _arrived += count;
        core.Note(link, NetworkEventKind.Arrived, atClient, count);
        Notice(ref wakes);
    }

    public void Finish(ref Wakes wakes)
    {
        if (_state is not State.Open) return;
        _state = State.Finished;
        core.Note(link, NetworkEventKind.FinArrived, atClient);
        Notice(ref wakes);
    }

    // What arrived before is still received.
    public void Fail(ResultCode code, ref Wakes wakes)
    {
        if (_failure is not ResultCode.None) return;
        _failure = code;
        Notice(ref wakes);
    }

    public void ArrivedUrgent(byte value) => _urgent = value;

    public IoResult ReceiveUrgent(Span<byte> buffer)
    {
        if (IsClosed) return IoResult.Failed(ResultCode.EEBADF);
        if (_urgent is not { } value)
            return IoResult.Failed(_failure is ResultCode.None ? ResultCode.EEWOULDBLOCK : _failure);
        _urgent = null;
        buffer[0] = value;
        return IoResult.Moved(1);
    }

    private bool TryTake(Memory<byte> into, out IoResult result)
    {
        result = _state switch
        {
            State.Closed => IoResult.Failed(ResultCode.EEBADF),
            _ when HasUnread => IoResult.Moved(Take(into.Span)),
            _ when _failure is not ResultCode.None => IoResult.Failed(_failure),
            State.Finished => IoResult.Moved(0),
            _ when _isWaitStopped && into.IsEmpty => IoResult.Failed(ResultCode.EEINTR),
            _ => default,
        };
        return result.Code is not ResultCode.None;
    }

    private int Take(Span<byte> into)
    {
        if (into.IsEmpty) return 0;
        var count = core.Draws.PartOf(Math.Min(_arrived, into.Length), core.Options.PartialReadRate);
        bytes.Read(into[..count]);
        _arrived -= count;
        core.Note(link, NetworkEventKind.Received, atClient, count);
        return count;
    }

    private void Notice(ref Wakes wakes)
    {
        if (!_call.IsWaiting || !TryTake(_into, out var result)) return;
        _into = default;
        _call.End(result, ref wakes);
    }
}

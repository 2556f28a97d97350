using System.Buffers;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// Where one direction of a connection begins. Called under the gate.
internal sealed class SendingEnd(NetworkCore core, SimulatedLink link, bool atClient)
{
    private readonly Call<IoResult> _call = new(core.Options.Scheduler);
    private ReadOnlySequence<byte> _from;
    private State _state;
    private ResultCode _failure;
    private bool _hasReset;

    private enum State
    {
        Open,
        Finished,
        Closed,
    }

    public required Wire Wire { get; init; }

    public bool MayGiveUp => _state is not State.Closed && _failure is ResultCode.None;

    public ValueTask<IoResult> Send(in ReadOnlySequence<byte> from, ref Wakes wakes)
    {
        if (TrySend(from, ref wakes, out var now)) return new(now);
        _call.Arm();
        _from = from;
        return _call.Armed;
    }

    public ResultCode Shutdown(ref Wakes wakes)
    {
        if (_state is State.Closed) return ResultCode.EEBADF;
        if (_failure is not ResultCode.None) return _failure;
        Finish(ref wakes);
        return ResultCode.EESUCCESS;
    }

    public void Close(bool isReset, ref Wakes wakes)
    {
        if (isReset) Reset(ref wakes);
        else if (_failure is ResultCode.None) Finish(ref wakes);
        _state = State.Closed;
        if (_call.IsWaiting) End(IoResult.Failed(ResultCode.EEBADF), ref wakes);
    }

    // Once; after what is under way already.
    public void Reset(ref Wakes wakes)
    {
        if (_hasReset || _failure is not ResultCode.None) return;
        _hasReset = true;
        Wire.Launch(FlightKind.Reset, ref wakes);
    }

    // What is under way is lost.
    public void Fail(ResultCode code, ref Wakes wakes)
    {
        if (_failure is not ResultCode.None) return;
        _failure = code;
        Wire.Lose();
        if (_call.IsWaiting) End(IoResult.Failed(code), ref wakes);
    }

    // There is room.
    public void Notice(ref Wakes wakes)
    {
        if (!_call.IsWaiting || !TrySend(_from, ref wakes, out var sent)) return;
        // The send may have met a fault, which ended the call.
        if (_call.IsWaiting) End(sent, ref wakes);
    }

    public ResultCode SendUrgent(byte value)
    {
        if (_state is not State.Open) return ResultCode.EEBADF;
        if (_failure is not ResultCode.None) return _failure;
        Wire.LaunchUrgent(value);
        return ResultCode.EESUCCESS;
    }

    private bool TrySend(in ReadOnlySequence<byte> from, ref Wakes wakes, out IoResult result)
    {
        result = (_state, _failure) switch
        {
            (State.Closed or State.Finished, _) => IoResult.Failed(ResultCode.EEBADF),
            (_, not ResultCode.None) => IoResult.Failed(_failure),
            _ when Wire.Room > 0 => IoResult.Moved(Put(from, ref wakes)),
            _ => default,
        };
        return result.Code is not ResultCode.None;
    }

    private int Put(in ReadOnlySequence<byte> from, ref Wakes wakes)
    {
        var options = core.Options;
        var count = core.Draws.PartOf((int)Math.Min(from.Length, Wire.Room), options.PartialWriteRate);
        core.Note(link, NetworkEventKind.Sent, atClient, count);
        if (core.Draws.Happens(options.StallRate)) Wire.Stall(core.Draws.UpTo(options.MaxStall));
        Wire.Launch(from.Slice(0, count), ref wakes);
        if (core.Draws.Happens(options.ResetRate)) link.ResetBoth(ref wakes);
        else if (core.Draws.Happens(options.CutRate)) link.CutBoth();
        return count;
    }

    private void Finish(ref Wakes wakes)
    {
        if (_state is not State.Open) return;
        _state = State.Finished;
        core.Note(link, NetworkEventKind.FinSent, atClient);
        var isLate = core.Draws.Happens(core.Options.LateFinRate);
        var later = isLate ? core.Draws.UpTo(core.Options.MaxStall) : TimeSpan.Zero;
        Wire.Launch(FlightKind.Fin, ref wakes, later);
    }

    private void End(IoResult result, ref Wakes wakes)
    {
        _from = default;
        _call.End(result, ref wakes);
    }
}

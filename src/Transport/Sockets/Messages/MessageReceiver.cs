using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets.Messages;

// From the socket to the inbound queue. While nothing is there it holds no buffer; while the queue is full it does not
// ask.
internal sealed class MessageReceiver(MessageCore core)
{
    // Then the others of the loop have their turn.
    private const int MostInARow = 32;

    // One after the other, with nothing received between, beyond those that a message sent may have brought about:
    // then it is no passing failure.
    private const int MostFailures = 16;

    // Of the messages sent, those whose failure may still come.
    private const int MostOutstanding = 1024;

    private readonly Waiter<bool> _room = new(core.Options.PumpScheduler);
    private int _failures;
    private bool _hasEnded;

    public InputState State { get; private set; } = InputState.Flowing.Instance;

    // What the system tells of a reset, once; what came before is still there, and then the end.
    public bool IsReset { get; private set; }

    // Nothing of it is under way.
    public bool IsStill => _room.IsWaiting || _hasEnded;

    private bool IsOver => core.Phase >= ConnectionPhase.Flushing || State is not InputState.Flowing;

    public async Task RunAsync()
    {
        try
        {
            while (await RoomAsync().ConfigureAwait(false))
            {
                var ready = await core.Socket.WaitReadableAsync().ConfigureAwait(false);
                if (ready.IsSuccess) Drain();
                else if (ready.Code is not ResultCode.EEINTR) Take(DatagramResult.Failed(ready.Code), default);
            }
        }
        catch (Exception defect)
        {
            core.Ending.Abort(defect);
        }

        lock (core.Gate)
        {
            _hasEnded = true;
            core.Moving.NoticeStill();
        }

        core.Ending.LoopEnded();
    }

    // Under the gate. udp(7): what came back for it is a failure to receive.
    public void Sent() => _failures = Math.Max(_failures - 1, -MostOutstanding);

    // How it was elsewhere.
    public void Begin(bool isFinished, bool isReset)
    {
        IsReset = isReset;
        if (isFinished) State = new InputState.Finished();
    }

    public void Wake(ref MessageWakes wakes)
    {
        if (!_room.IsWaiting || !(IsOver || (core.In.HasRoom && core.MayReceive))) return;
        _room.Resolve(!IsOver);
        wakes.Room = _room;
    }

    public void MarkFailed(SocketResult why, ref MessageWakes wakes)
    {
        if (State is InputState.Flowing) State = new InputState.Failed(why);
        core.NoticeInput(ref wakes);
    }

    private ValueTask<bool> RoomAsync()
    {
        lock (core.Gate)
        {
            if (IsOver || !core.In.IsFull && core.MayReceive) return new ValueTask<bool>(!IsOver);
            _room.Arm();
            core.Moving.NoticeStill();
            return _room.Armed;
        }
    }

    private void Drain()
    {
        var block = core.Options.Blocks.Take(core.Options.MaxMessage);
        var buffer = block.Memory.Span[..core.Options.MaxMessage];
        for (var i = 0; i < MostInARow; i++)
        {
            var result = core.Socket.TryReceive(buffer);
            if (result.Code is ResultCode.EEWOULDBLOCK || !Take(result, buffer[..result.Bytes])) break;
        }

        block.GiveBack();
    }

    // True if another one may follow.
    private bool Take(in DatagramResult result, ReadOnlySpan<byte> bytes)
    {
        var wakes = default(MessageWakes);
        bool goesOn;
        lock (core.Gate)
        {
            if (!IsOver) Record(result, bytes, ref wakes);
            goesOn = !(IsOver || core.In.IsFull || !core.MayReceive);
        }

        if (result.IsSuccess && result.Event is null && (result.Marks & DatagramMarks.End) == 0)
            Traffic.ReceivedMessage(bytes.Length, core.Socket.HasEnd);
        wakes.Fire();
        return goesOn;
    }

    private void Record(in DatagramResult result, ReadOnlySpan<byte> bytes, ref MessageWakes wakes)
    {
        if ((result.Marks & DatagramMarks.End) != 0)
        {
            if (IsReset) core.Ending.Failed(SocketResult.Of(ResultCode.EERESET), ref wakes);
            else State = new InputState.Finished();
        }
        else if (result.Event is { } what)
        {
            core.In.Append(MessageKind.Event, default, new MessageFacts { Event = what }, ResultCode.EESUCCESS);
        }
        else if (result.IsSuccess)
        {
            _failures = Math.Min(_failures, 0);
            var facts = new MessageFacts
            {
                Address = result.Sender,
                IsTruncated = (result.Marks & DatagramMarks.Truncated) != 0,
                Info = result.Info,
            };
            core.In.Append(MessageKind.Data, bytes, facts, ResultCode.EESUCCESS);
        }
        else
        {
            Record(result.Code, ref wakes);
        }

        core.NoticeInput(ref wakes);
    }

    private void Record(ResultCode failure, ref MessageWakes wakes)
    {
        _failures++;
        if (failure is ResultCode.EEBADF || _failures > MostFailures)
            core.Ending.Failed(SocketResult.Of(failure), ref wakes);
        else if (failure is ResultCode.EERESET)
            IsReset = true;
        else
            core.In.AppendFailure(failure, core.Socket.RemoteEndPoint);
    }
}

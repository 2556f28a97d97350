using System.IO.Pipelines;
using Akka.Streams;
using Akka.Streams.Stage;
using Handoff.Transport;

namespace Handoff.Streams.Flows;

// One materialization of a flow over a connection. Everything runs where the stage's handlers run; what the lease
// calls back is brought there.
internal sealed partial class SocketFlowLogic : TimerGraphStageLogic
{
    private const string LeaveTimer = "leave";

    private readonly Inlet<ReadOnlyMemory<byte>> _in;
    private readonly Outlet<ReadOnlyMemory<byte>> _out;
    private readonly Func<Task<OwnedSocket>> _open;
    private readonly SocketFlowOptions _options;
    private readonly StreamSettings _settings;
    private readonly Detach _detach;
    private Task<OwnedSocket> _opening = null!;
    private OwnedSocket? _socket;
    private PipeReader _input = null!;
    private PipeWriter _output = null!;
    private Awaited<ReadResult> _read = null!;
    private Awaited<FlushResult> _write = null!;
    private bool _isLeaving;
    private bool _isOver;
    private long _written;
    private Exception? _failure;

    public SocketFlowLogic(
        FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> shape,
        Func<Task<OwnedSocket>> open,
        SocketFlowOptions options,
        StreamSettings settings,
        Detach detach)
        : base(shape)
    {
        (_in, _out) = (shape.Inlet, shape.Outlet);
        (_open, _options, _settings, _detach) = (open, options, settings, detach);
        SetHandler(_in, OnPush, OnUpstreamFinish, Fail);
        SetHandler(_out, Read, _ => OnDownstreamFinish());
    }

    private bool HasEnded => _isOver || _failure is not null;

    public override void PreStart()
    {
        SetKeepGoing(true);
        _read = new Awaited<ReadResult>(GetAsyncCallback(OnRead));
        _write = new Awaited<FlushResult>(GetAsyncCallback(OnWritten));
        _opening = _open();
        if (_opening.IsCompleted) OnOpened();
        else _opening.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(GetAsyncCallback(OnOpened));
    }

    // Whatever ends the stage without an end of the connection or a leave ends the connection.
    public override void PostStop()
    {
        if (!_isOver) Abort();
        _detach.End(_failure switch
        {
            null => null,
            SocketFailedException failed => failed.Result,
            var other => new SocketResult(ResultCode.EEABORTED, other.Message),
        });
    }

    protected override void OnTimer(object timerKey)
    {
        _detach.Ask(LeaveMode.Now);
        if (!_write.IsPending)
        {
            OnLeave();
        }
        else if (_socket!.Lease.WrittenPosition is var written && written == _written)
        {
            var why = $"the peer took nothing for {_settings.LeaveTimeout}";
            Fail(new SocketFailedException(new SocketResult(ResultCode.EETIMEDOUT, why)));
        }
        else
        {
            _written = written;
            ScheduleOnce(LeaveTimer, _settings.LeaveTimeout);
        }
    }

    private void OnOpened()
    {
        if (!_opening.IsCompletedSuccessfully)
        {
            Fail(_opening.Exception?.InnerExceptions[0] ?? new OperationCanceledException());
            return;
        }

        _socket = _opening.Result;
        (_input, _output) = (_socket.Lease.Input, _socket.Lease.Output);
        _socket.TellStream(GetAsyncCallback<SocketResult>(OnClosed));
        _detach.Begin(GetAsyncCallback(OnLeave));
        if (IsClosed(_in)) OnUpstreamFinish();
        else Pull(_in);
        if (IsAvailable(_out)) Read();
    }

    // By whatever cause, with all that could be read before read.
    private void OnClosed(SocketResult result)
    {
        if (result.IsSuccess) End();
        else Fail(new SocketFailedException(result));
    }

    private void OnLeave()
    {
        if (HasEnded) return;
        if (!_isLeaving)
        {
            _isLeaving = true;
            _written = _socket!.Lease.WrittenPosition;
            ScheduleOnce(LeaveTimer, _settings.LeaveTimeout);
            CancelRead();
            if (!IsClosed(_out)) Complete(_out);
        }

        if (_detach.Asked is LeaveMode.Now && !_write.IsPending && !IsClosed(_in)) Cancel(_in);
        Step();
    }

    // Ends, or leaves, once both directions are at rest for good. What has been asked for counts at once: who leaves
    // in a stage that is fused with this one, and completes it, has asked first.
    private void Step()
    {
        if (HasEnded || _read.IsPending || _write.IsPending || !IsClosed(_in)) return;
        if (_detach.Asked is not null) Leave();
        else if (IsClosed(_out)) End();
    }

    private void Leave()
    {
        _isOver = true;
        _socket!.EndStream();
        _detach.SetLeft(_socket);
        CompleteStage();
    }

    private void End()
    {
        if (HasEnded) return;
        _isOver = true;
        _socket!.End(isAborted: false);
        CompleteStage();
    }

    private void Abort()
    {
        if (!_opening.IsCompleted) _opening.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Abort);
        else if (_opening.IsCompletedSuccessfully) _opening.Result.End(isAborted: true);
    }

    private void Fail(Exception cause)
    {
        if (HasEnded) return;
        _failure = cause;
        FailStage(cause);
    }
}

using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Intake;

internal sealed class IntakeLogic : GraphStageLogic
{
    private readonly Outlet<IncomingSocket> _out;
    private readonly SocketIntake _sockets;
    private readonly Func<Task> _open;
    private Task _opening = null!;
    private Action<Task<IncomingSocket?>> _onNext = null!;
    private bool _isOpen;

    public IntakeLogic(SourceShape<IncomingSocket> shape, SocketIntake sockets, Func<Task> open)
        : base(shape)
    {
        (_out, _sockets, _open) = (shape.Outlet, sockets, open);
        SetHandler(_out, OnPull);
    }

    public override void PreStart()
    {
        _onNext = GetAsyncCallback<Task<IncomingSocket?>>(OnNext);
        _sockets.Ended = GetAsyncCallback(OnEnded);
        _opening = _open();
        if (_opening.IsCompleted) OnOpened();
        else _opening.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(GetAsyncCallback(OnOpened));
    }

    public override void PostStop() => _sockets.Stop();

    private void OnOpened()
    {
        if (!_opening.IsCompletedSuccessfully)
        {
            FailStage(_opening.Exception?.InnerExceptions[0] ?? new OperationCanceledException());
            return;
        }

        _isOpen = true;
        if (IsAvailable(_out)) OnPull();
    }

    private void OnPull()
    {
        if (!_isOpen) return;
        var next = _sockets.NextAsync();
        if (next.IsCompleted) OnNext(next);
        else next.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Bring(next));
    }

    // No more come. Where nothing is asked for, nobody waits for the next one.
    private void OnEnded()
    {
        if (_isOpen && !IsAvailable(_out) && _sockets.IsEmpty) OnNext(_sockets.NextAsync());
    }

    // From any thread. A stage that has stopped is told nothing.
    private void Bring(Task<IncomingSocket?> next)
    {
        if (!next.IsCompletedSuccessfully || next.Result is null || _sockets.TryPut(next.Result)) _onNext(next);
    }

    private void OnNext(Task<IncomingSocket?> next)
    {
        if (!next.IsCompletedSuccessfully)
        {
            FailStage(next.Exception?.InnerExceptions[0] ?? new OperationCanceledException());
        }
        else if ((_sockets.Take() ?? next.Result) is not { } socket)
        {
            CompleteStage();
        }
        else
        {
            Push(_out, socket);
        }
    }
}

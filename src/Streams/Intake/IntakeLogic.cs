using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Intake;

internal sealed class IntakeLogic : GraphStageLogic
{
    private readonly Outlet<IncomingSocket> _out;
    private readonly SocketIntake _sockets;
    private readonly Task _opening;
    private Action<Task<IncomingSocket?>> _onNext = null!;
    private bool _isOpen;

    public IntakeLogic(SourceShape<IncomingSocket> shape, SocketIntake sockets, Task opening)
        : base(shape)
    {
        (_out, _sockets, _opening) = (shape.Outlet, sockets, opening);
        SetHandler(_out, OnPull);
    }

    public override void PreStart()
    {
        _onNext = GetAsyncCallback<Task<IncomingSocket?>>(OnNext);
        var onOpened = GetAsyncCallback(OnOpened);
        if (_opening.IsCompleted) OnOpened();
        else _opening.GetAwaiter().UnsafeOnCompleted(onOpened);
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
        else next.GetAwaiter().UnsafeOnCompleted(() => Bring(next));
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

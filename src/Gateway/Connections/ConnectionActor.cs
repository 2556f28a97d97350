using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Connections;

// The owner of one connection: acquires it, talks to the client in a loop of its own, closes it, and stops when both
// the loop and the socket are over. What it says to the client is up to the two kinds there are.
internal abstract partial class ConnectionActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan LoopEndTimeout = TimeSpan.FromSeconds(5);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IdleMeter _idle = new();
    private Task _loop = Task.CompletedTask;

    protected ConnectionActor(ServiceSettings settings)
    {
        Settings = settings;
        Receive<Offered>(Acquire);
        Receive<CloseAll>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected ServiceSettings Settings { get; }

    protected abstract void OnAcquired(Acquired socket, object? attachment);

    protected abstract void OnLoopEnded(Acquired socket, object result);

    // Reads and writes on the thread pool, not on the actor's turn; what it returns, or throws, comes as a message.
    protected void Run(Func<Task<object>> loop)
    {
        var running = Task.Run(loop);
        _loop = running;
        running.PipeTo(Self, success: result => new LoopEnded(result), failure: e => new LoopFailed(e));
    }

    protected void BecomeServing(Acquired socket, Action? alsoReceive = null) => Become(() =>
    {
        alsoReceive?.Invoke();
        Receive<LoopEnded>(ended => OnLoopEnded(socket, ended.Result));
        Receive<LoopFailed>(failed =>
        {
            Check(socket, failed);
            Close(socket);
        });
        Receive<CloseAll>(_ => Close(socket));
        ReceiveOfKeeper(socket);
        Receive<IdleCheck>(_ => OnIdleCheck(socket));
        Receive<Closed>(closed => OnClosed(socket, closed));
        Receive<Terminated>(_ => AwaitLoop(socket));
        Receive<Leave>(leave => OnLeave(socket, leave));

        // Of an offer that was over by then.
        Receive<SocketStatus>(_ => { });
    });

    protected virtual void HaveKept(Acquired socket)
    {
    }

    // A keeper that is not there is asked again: the connection does not wait for it.
    private void ReceiveOfKeeper(Acquired socket)
    {
        Receive<Confirmed>(_ => { });
        Receive<KeepAgain>(_ => HaveKept(socket));
        Receive<KeepingLost>(_ => KeepLater());
        Receive<Refused>(refused => refused.Command is Keep, refused =>
        {
            _log.Debug("socket={0} is not kept: {1}", socket.Facts.Id, refused.Result);
            if (Kept.MayBeLater(refused.Result)) KeepLater();
        });
    }

    private void KeepLater() =>
        Timers.StartSingleTimer(nameof(KeepAgain), KeepAgain.Instance, Settings.Kept.RetryInterval);

    // Also for how long nothing had moved where the connection comes from.
    protected void WatchIdle(Acquired socket, TimeSpan idle)
    {
        _idle.Begin(socket.Consumed + socket.Written, idle, Settings.IdleTimeout);
        Timers.StartPeriodicTimer(nameof(IdleCheck), IdleCheck.Instance, Settings.IdleTimeout / IdleMeter.Checks);
    }

    // Sends what was accepted, then closes; handoff.close.timeout bounds it. The loop, if it runs, fails meanwhile.
    protected void Close(Acquired socket)
    {
        Timers.CancelAll();
        socket.Handle.Socket.Tell(new Close(socket.Handle));
        Become(() =>
        {
            Receive<Closed>(closed => OnClosed(socket, closed));
            Receive<Terminated>(_ => AwaitLoop(socket));
            // The release that was under way has succeeded: the connection is another's.
            Receive<Released>(_ => Context.Stop(Self));
            Receive<LoopEnded>(_ => { });
            Receive<LoopFailed>(failed => Check(socket, failed));
            Receive<CloseAll>(_ => { });
            Receive<IdleCheck>(_ => { });
            Receive<Refused>(_ => { });
            Receive<ReleaseFailed>(_ => { });
            Receive<SocketStatus>(_ => { });
            Receive<Leave>(_ => Context.Parent.Tell(Stays.Instance));
        });
    }

    protected void OnClosed(Acquired socket, Closed closed)
    {
        _log.Debug("socket={0} peer={1} closed: {2}", socket.Facts.Id, socket.Facts.Remote, closed.Result);
        AwaitLoop(socket);
    }

    private void Acquire(Offered offered)
    {
        var socket = offered.Offer.Socket;
        Context.Watch(socket);
        socket.Tell(new Acquire(offered.Offer, Self));
        Become(() =>
        {
            Receive<Acquired>(acquired =>
            {
                Context.Parent.Tell(Began.Instance);
                OnAcquired(acquired, offered.Attachment);
            });
            Receive<Refused>(refused =>
            {
                _log.Debug("socket={0} not acquired: {1}", offered.Facts.Id, refused.Result);
                Context.Stop(Self);
            });
            Receive<Terminated>(_ => Context.Stop(Self));
            Receive<CloseAll>(_ => Context.Stop(Self));
        });
    }

    private void OnIdleCheck(Acquired socket)
    {
        if (!_idle.IsIdle(socket.Lease!.ConsumedPosition + socket.Lease.WrittenPosition)) return;
        _log.Debug("socket={0} idle for {1}, closing", socket.Facts.Id, Settings.IdleTimeout);
        Close(socket);
    }

    // The socket is over, so that every call of the loop fails from now on.
    private void AwaitLoop(Acquired socket)
    {
        Timers.CancelAll();
        if (_loop.IsCompleted)
        {
            Context.Stop(Self);
            return;
        }

        Timers.StartSingleTimer(nameof(LoopOverdue), LoopOverdue.Instance, LoopEndTimeout);
        Become(() =>
        {
            Receive<LoopEnded>(_ => Context.Stop(Self));
            Receive<LoopFailed>(failed =>
            {
                Check(socket, failed);
                Context.Stop(Self);
            });
            Receive<LoopOverdue>(_ =>
            {
                _log.Error("socket={0}: {1} did not end with its connection", socket.Facts.Id, Settings.Handler);
                Context.Stop(Self);
            });
            Receive<Leave>(_ => Context.Parent.Tell(Stays.Instance));
            ReceiveAny(_ => { });
        });
    }

    // A peer that is gone is no fault. All else is a bug: the exception goes on to the supervisor, which stops this
    // actor, and with its owner the connection.
    private void Check(Acquired socket, LoopFailed failed)
    {
        if (failed.Cause is SocketFailedException or OperationCanceledException)
            _log.Debug("socket={0} ended: {1}", socket.Facts.Id, failed.Cause.Message);
        else
            ExceptionDispatchInfo.Throw(failed.Cause);
    }

    private sealed record LoopEnded(object Result);

    private sealed record LoopFailed(Exception Cause);

    private sealed record LoopOverdue
    {
        public static LoopOverdue Instance { get; } = new();
    }

    private sealed record IdleCheck
    {
        public static IdleCheck Instance { get; } = new();
    }
}

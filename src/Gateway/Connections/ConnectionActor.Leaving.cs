using Akka.Actor;
using Akka.Event;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Connections;

// How a connection leaves for another process, and goes on here if nobody takes it.
internal abstract partial class ConnectionActor
{
    // Asks the loop, which runs, to end at a clean point.
    protected abstract void RequestPause(Acquired socket);

    // Null: the loop did not stop for being asked to.
    protected abstract long? PausedAt(object result);

    protected abstract void GoOn(Acquired socket, long at);

    private void OnLeave(Acquired socket, Leave leave)
    {
        if (_loop.IsCompleted || !TryRequestPause(socket))
        {
            // How it ended is in the mailbox.
            Context.Parent.Tell(Stays.Instance);
            return;
        }

        Become(() =>
        {
            Receive<LoopEnded>(ended =>
            {
                if (PausedAt(ended.Result) is { } at)
                {
                    Offer(socket, leave, at);
                    return;
                }

                Context.Parent.Tell(Stays.Instance);
                BecomeServing(socket);
                OnLoopEnded(socket, ended.Result);
            });
            Receive<LoopFailed>(failed =>
            {
                Context.Parent.Tell(Stays.Instance);
                Check(socket, failed);
                Close(socket);
            });
            Receive<Leave>(again => leave = again);
            Receive<CloseAll>(_ => Close(socket));
            Receive<IdleCheck>(_ => { });
            Receive<SocketStatus>(_ => { });
            Receive<Closed>(closed => OnClosed(socket, closed));
            Receive<Terminated>(_ => AwaitLoop(socket));
        });
    }

    private bool TryRequestPause(Acquired socket)
    {
        try
        {
            RequestPause(socket);
            return true;
        }
        catch (SocketFailedException over)
        {
            _log.Debug("socket={0} is over: {1}", socket.Facts.Id, over.Message);
            return false;
        }
    }

    // The socket answers the question behind the release once the offer is with the target.
    private void Offer(Acquired socket, Leave leave, long at)
    {
        var release = new Release(socket.Handle, leave.Target)
        {
            Within = leave.Within,
            Attachment = new ConnectionState(Settings.Name, at, _idle.Idle(Settings.IdleTimeout)),
        };
        socket.Handle.Socket.Tell(release);
        socket.Handle.Socket.Tell(GetStatus.Instance);
        var unanswered = leave;
        Become(() =>
        {
            Receive<SocketStatus>(status =>
            {
                if (unanswered is null || status.Offer is null) return;
                unanswered = null;
                Context.Parent.Tell(OnOffer.Instance);
            });
            Receive<Leave>(again =>
            {
                unanswered = again;
                socket.Handle.Socket.Tell(GetStatus.Instance);
            });
            Receive<Released>(_ => Context.Stop(Self));
            Receive<ReleaseFailed>(failed => OnNotTaken(socket, failed.Result));
            Receive<Refused>(refused => refused.Command == release, refused => OnNotTaken(socket, refused.Result));
            Receive<CloseAll>(_ => Close(socket));
            Receive<IdleCheck>(_ => { });
            Receive<Closed>(closed => OnClosed(socket, closed));
            Receive<Terminated>(_ => AwaitLoop(socket));
        });

        // Asked once more meanwhile, it is paused still, and need not go on first.
        void OnNotTaken(Acquired kept, SocketResult why)
        {
            _log.Debug("socket={0} peer={1} stays: {2}", kept.Facts.Id, kept.Facts.Remote, why);
            if (unanswered is not null && unanswered != leave)
            {
                Offer(kept, unanswered, at);
                return;
            }

            if (unanswered is not null) Context.Parent.Tell(Stays.Instance);
            GoOn(kept, at);
        }
    }
}

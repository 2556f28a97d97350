using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// Carries out one ReleaseAll and stops. Each offer has its own deadline, so that this ends without one.
internal sealed class BulkRelease(BulkRun run) : UntypedActor
{
    private static readonly SocketResult Gone = new(ResultCode.EEBADF, "Release: the socket is closed");
    private static readonly SocketResult Stopped = new(ResultCode.EEABORTED, "Release: whoever released was stopped");

    public static Props Props(BulkRun run) => Akka.Actor.Props.Create(() => new BulkRelease(run));

    protected override void PreStart() => GoOn();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Released released:
                Done(run.Succeed(released.Release));
                break;
            case ReleaseFailed failed:
                Done(run.Fail(failed.Release, failed.Outcome, failed.Result));
                break;
            case Refused { Command: Release release } refused:
                Done(run.Fail(release, OfferOutcome.None, refused.Result));
                break;
            case Terminated dead:
                foreach (var release in run.UnderWayOn(dead.ActorRef)) run.Fail(release, OfferOutcome.None, Gone);
                GoOn();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // Akka restarts the children that survive their parent's restart: the run knows nothing of it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override void PostStop()
    {
        run.Abandon(Stopped);
        base.PostStop();
    }

    private void Done(Release? release)
    {
        if (release is null) return;
        if (run.UnderWayOn(release.Handle.Socket).Count == 0) Context.Unwatch(release.Handle.Socket);
        run.TellProgress();
        GoOn();
    }

    private void GoOn()
    {
        while (run.Next() is { } release)
        {
            // A socket that has stopped answers nothing, but is reported.
            Context.Watch(release.Handle.Socket);
            release.Handle.Socket.Tell(release, Self);
        }

        if (!run.IsOver) return;
        run.TellEnd();
        Context.Stop(Self);
    }
}

using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// Carries out one GetSockets and stops.
internal sealed class SurveyActor(Survey survey, Surveys surveys, TimeSpan within) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Survey survey, Surveys surveys, TimeSpan within) =>
        Akka.Actor.Props.Create(() => new SurveyActor(survey, surveys, within));

    protected override void PreStart()
    {
        foreach (var socket in survey.Asked)
        {
            // A socket that has stopped answers nothing, but is reported.
            Context.Watch(socket);
            socket.Tell(GetStatus.Instance, Self);
        }

        StartTimer();
        EndIfOver();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SocketStatus status:
                survey.Answered(Sender, status);
                break;
            case Terminated dead:
                survey.Gone(dead.ActorRef);
                break;
            case Late:
                Context.Stop(Self);
                return;
            default:
                Unhandled(message);
                break;
        }

        EndIfOver();
    }

    // Akka restarts the children that survive their parent's restart: only the timer is gone.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason) => StartTimer();

    protected override void PostStop()
    {
        survey.Tell();
        surveys.End();
        base.PostStop();
    }

    private void StartTimer() => Timers.StartSingleTimer(nameof(Late), new Late(), within);

    private void EndIfOver()
    {
        if (survey.IsOver) Context.Stop(Self);
    }

    private sealed record Late;
}

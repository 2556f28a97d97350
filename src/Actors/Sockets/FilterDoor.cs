using Akka.Actor;
using Akka.Event;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Sockets;

// What a listener's actor does with the connections of its filter room. It is the actor's own, with its timers, and no
// more thread-safe than that.
internal sealed class FilterDoor(
    FilterRoom room, TimeSpan timeout, IActorRef self, ITimerScheduler timers, ILoggingAdapter log)
{
    public void Enter(Arrival arrival, IAcceptFilter filter)
    {
        if (room.Enter(arrival, filter) is not { } filtering) return;
        StartTimer(filtering);
        filtering.RunAsync().PipeTo(self);
    }

    // A restart took the timers of the last incarnation; whoever waits does so once more.
    public void GoOnAfterRestart()
    {
        foreach (var filtering in room.Inside) StartTimer(filtering);
    }

    public void OnTimedOut(Filtering filtering) => room.Drop(filtering, FilterEnd.TimedOut, ResultCode.EETIMEDOUT);

    public void OnFiltered(Filtering filtering, FilterOutcome filtered)
    {
        timers.Cancel(filtering);
        var outcome = room.Leave(filtering, filtered);
        if (outcome.Defect is { } defect)
            log.Error(defect, "accept filter {0} threw; the connection is dropped", filtering.FilterName);
        else if (outcome.End is not FilterEnd.Passed)
            log.Debug("a connection is dropped: {0}", outcome.Result);
    }

    private void StartTimer(Filtering filtering) =>
        timers.StartSingleTimer(filtering, new Notice.FilterTimedOut(filtering), timeout);
}

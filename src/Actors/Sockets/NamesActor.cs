using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Waiting = Handoff.Sockets.WaitingRoom.Waiting;

namespace Handoff.Sockets;

// Takes each Get to the socket that is given under its name, and keeps those that wait for one. A name is good for one
// get: who comes second finds nothing, or waits on.
internal sealed class NamesActor(NameTable names, WaitingRoom room) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    private WatchCounts Watches => room.Watches ??= new WatchCounts(Context);

    public static Props Props(NameTable names, int maxWaiting)
    {
        var room = new WaitingRoom(maxWaiting);
        return Akka.Actor.Props.Create(() => new NamesActor(names, room));
    }

    protected override void PreStart() => names.Desk = Self;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Get get: OnGet(get); break;
            case GetNames: Sender.Tell(new GivenSockets(names.All())); break;
            case Shown shown: Serve(shown.Name); break;
            case Confirmed { Command: Take take }: OnTaken(take); break;
            case Refused { Command: Take take } refused: OnRefused(take, refused.Result); break;
            case Late late: OnLate(late.Waiting); break;
            case Terminated dead: OnTerminated(dead.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    // Akka restarts the children that survive their parent's restart: only the timers are gone.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    // Who waits does so for the whole of its time once more.
    protected override void PostRestart(Exception reason)
    {
        foreach (var waiting in room.All) StartTimer(waiting);
    }

    protected override void PostStop()
    {
        var why = new SocketResult(ResultCode.EEABORTED, "Get: the actor of the names was stopped");
        foreach (var waiting in room.All.ToArray()) Refuse(waiting, why);
        base.PostStop();
    }

    private void OnGet(Get get)
    {
        var asker = Hearer.Of(Context);
        if (room.IsFull)
        {
            var full = $"Get: {room.Max} are under way; handoff.give.max-waiting";
            Refuse(asker, get, new SocketResult(ResultCode.EEQUOTA, full));
            return;
        }

        var waiting = room.Add(get, asker);
        Watches.Watch(get.Owner);
        StartTimer(waiting);
        Serve(get.Name);
    }

    // One take at a time for a name, that of whoever came first: nobody passes one whose take is lost.
    private void Serve(string name)
    {
        var queue = room.For(name);
        if (queue is not [{ Take: null } first, ..]) return;
        if (names.Find(name, waits: queue.Exists(waiting => waiting.MayWait)) is { } entry)
        {
            first.Take = new Take(entry.Offer, first.Get, first.Asker);
            // A socket that stops answers nothing, but is reported.
            Watches.Watch(entry.Offer.Socket);
            entry.Offer.Socket.Tell(first.Take, Self);
            return;
        }

        foreach (var waiting in queue)
        {
            if (!waiting.MayWait) Refuse(waiting, NotFound(name));
        }
    }

    private void OnTaken(Take take)
    {
        if (room.Of(take) is not { } waiting) return;
        Watches.Unwatch(take.Offer.Socket);
        Forget(waiting);
        Serve(waiting.Get.Name);
    }

    private void OnRefused(Take take, SocketResult result)
    {
        if (room.Of(take) is not { } waiting) return;
        Watches.Unwatch(take.Offer.Socket);
        waiting.Take = null;
        // Another was first, or the giver has it back.
        var isLost = result.Code is ResultCode.EESOCKNOTRLSD or ResultCode.EEBADF;
        if ((isLost ? waiting.Over : result) is { } why) Refuse(waiting, why);
        Serve(waiting.Get.Name);
    }

    private void OnLate(Waiting waiting)
    {
        if (room.Has(waiting)) End(waiting, TimedOut(waiting.Get));
    }

    private void OnTerminated(IActorRef dead)
    {
        Watches.Died(dead);
        foreach (var waiting in room.All.ToArray())
        {
            if (waiting.Get.Owner.Equals(dead))
                End(waiting, new SocketResult(ResultCode.EEABORTED, $"Get: {dead} has stopped"));
            if (waiting.Take is { } take && take.Offer.Socket.Equals(dead))
                OnRefused(take, new SocketResult(ResultCode.EEBADF, "the socket is gone"));
        }
    }

    // A take that is under way is not called back.
    private void End(Waiting waiting, SocketResult why)
    {
        waiting.Over ??= why;
        if (waiting.Take is null) Refuse(waiting, why);
    }

    private void Refuse(Waiting waiting, SocketResult result)
    {
        Forget(waiting);
        Refuse(waiting.Asker, waiting.Get, result);
    }

    private void Refuse(IActorRef asker, Get get, SocketResult result) =>
        asker.Tell(new Refused(Hearer.MayHear(asker, get), result), Self);

    private void Forget(Waiting waiting)
    {
        if (!room.Remove(waiting)) return;
        Timers.Cancel(waiting);
        Watches.Unwatch(waiting.Get.Owner);
        if (room.For(waiting.Get.Name) is []) names.AwaitNoMore(waiting.Get.Name);
    }

    private void StartTimer(Waiting waiting)
    {
        if (waiting.Get.Within is { } within) Timers.StartSingleTimer(waiting, new Late(waiting), within);
    }

    private static SocketResult NotFound(string name) =>
        new(ResultCode.EENAMENOTFOUND, $"Get: no socket is given as '{name}'");

    private static SocketResult TimedOut(Get get) =>
        new(ResultCode.EETIMEDOUT, $"Get: no socket was given as '{get.Name}' within {get.Within}");

    // A name that somebody waits for is on offer.
    public sealed record Shown(string Name);

    private sealed record Late(Waiting Waiting);
}

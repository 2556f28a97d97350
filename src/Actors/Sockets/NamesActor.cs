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

    public static Props Props(NameTable names, int maxWaiting, NameScope scope = NameScope.System)
    {
        var room = new WaitingRoom(maxWaiting, scope);
        return Akka.Actor.Props.Create(() => new NamesActor(names, room));
    }

    protected override void PreStart() => names.Desk = Self;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Get get: OnGet(get); break;
            case GetNames { IsOfHost: true } query: ListAll(query); break;
            case GetNames: Sender.Tell(new GivenSockets(names.All())); break;
            case Shown shown: Serve(shown.Name); break;
            case Confirmed { Command: Take take }: OnTaken(take); break;
            case Refused { Command: Take take } refused: OnRefused(take, refused.Result); break;
            case Search.Found found: OnFound(found.Search, found.Result); break;
            case FetchActor.Fetched fetched: OnFetched(fetched.Search, fetched.Result); break;
            case Cancel cancel: OnCancel(cancel.Get); break;
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
        if (waiting.IsOnHost && names.Host is null)
        {
            room.Remove(waiting);
            Refuse(asker, get, NoHost(nameof(Get)));
            return;
        }

        Watches.Watch(get.Owner);
        StartTimer(waiting);
        Serve(get.Name);
    }

    // One take at a time for a name, that of whoever came first: nobody passes one whose take is lost.
    private void Serve(string name)
    {
        var queue = room.For(name);
        if (queue is not [{ IsTaking: false } first, ..]) return;
        if (names.Find(name, waits: queue.Exists(waiting => waiting.MayWait)) is { } entry)
        {
            EndSearch(first);
            first.Take = new Take(entry.Offer, first.Get, first.Asker);
            // A socket that stops answers nothing, but is reported.
            Watches.Watch(entry.Offer.Socket);
            entry.Offer.Socket.Tell(first.Take, Self);
            return;
        }

        var seeker = queue.Find(waiting => waiting.IsOnHost);
        if (seeker is { Search: null }) Seek(seeker);
        foreach (var waiting in queue)
        {
            if (!waiting.MayWait && !IsAfter(seeker, waiting)) Refuse(waiting, NotFound(name));
        }
    }

    // Whether it is known soon if there is something in another process for this one.
    private static bool IsAfter(Waiting? seeker, Waiting waiting) =>
        waiting.IsOnHost && seeker is not null && (waiting == seeker || seeker.IsTaking || !seeker.MayWait);

    private void Seek(Waiting waiting)
    {
        var search = waiting.Search = new Search();
        search.RunAsync(names.Host!, waiting.Get).PipeTo(Self, failure: gone => new Search.Found(
            search, new SocketResult(ResultCode.EEABORTED, $"Get: {gone.Message}")));
    }

    // What it finds yet stays given where it is.
    private static void EndSearch(Waiting waiting)
    {
        waiting.Search?.End();
        waiting.Search = null;
    }

    private void OnFound(Search search, SocketResult result)
    {
        if (room.Of(search) is not { } waiting) return;
        if (search.Begin() is { } found) Context.ActorOf(FetchActor.Props(waiting.Get, search, found));
        else OnNotHere(waiting, result, mayPass: result.Code is ResultCode.EETIMEDOUT);
    }

    private void OnFetched(Search search, SocketResult result)
    {
        if (room.Of(search) is not { } waiting) return;
        if (!result.IsSuccess)
        {
            // Another was first, or its giver has it back, or is dead.
            var isLost = result.Code
                is ResultCode.EESOCKNOTRLSD or ResultCode.EEINTR or ResultCode.EEBADF or ResultCode.EENOTCONN
                or ResultCode.EERESET;
            OnNotHere(waiting, isLost ? NotFound(waiting.Get.Name) : result, isLost);
            return;
        }

        Forget(waiting);
        Serve(waiting.Get.Name);
    }

    // Whoever has time looks again, as long as it has.
    private void OnNotHere(Waiting waiting, SocketResult result, bool mayPass)
    {
        waiting.Search = null;
        if (waiting.Over is { } over) Refuse(waiting, over);
        else if (!waiting.MayWait || !mayPass) Refuse(waiting, result);
        Serve(waiting.Get.Name);
    }

    // The own are in the table.
    private void ListAll(GetNames query)
    {
        var asker = Hearer.Of(Context);
        if (names.Host is not { } host)
        {
            asker.Tell(Refusals.Of(Self, query, NoHost(nameof(GetNames))), Self);
            return;
        }

        var self = Self;
        host.ListAsync().PipeTo(
            asker,
            self,
            success: list => list.Result.IsSuccess
                ? new GivenSockets(names.All()) { Elsewhere = list.Names }
                : Refusals.Of(self, query, list.Result),
            failure: gone => Refusals.Of(self, query, new SocketResult(ResultCode.EEABORTED, gone.Message)));
    }

    private void OnCancel(Get get)
    {
        if (room.All.FirstOrDefault(waiting => ReferenceEquals(waiting.Get, get)) is { } waiting)
            End(waiting, new SocketResult(ResultCode.EEINTR, "Get: cancelled"));
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
        if (waiting.IsTaking) return;
        Refuse(waiting, why);
        Serve(waiting.Get.Name);
    }

    private void Refuse(Waiting waiting, SocketResult result)
    {
        Forget(waiting);
        Refuse(waiting.Asker, waiting.Get, result);
    }

    private void Refuse(IActorRef asker, Get get, SocketResult result) =>
        asker.Tell(Refusals.Of(Self, Hearer.MayHear(asker, get), result), Self);

    private void Forget(Waiting waiting)
    {
        if (!room.Remove(waiting)) return;
        EndSearch(waiting);
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

    private static SocketResult NoHost(string command) =>
        new(ResultCode.EEMODENOTSUPP, $"{command}: only the Linux engine passes descriptors");

    // Nobody waits any more for what this one asked for; what comes all the same is its owner's.
    public sealed record Cancel(Get Get);

    // A name that somebody waits for is on offer.
    public sealed record Shown(string Name);

    private sealed record Late(Waiting Waiting);
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// Takes each Get to the socket that is given under its name, and keeps those that wait for one. A name is good for one
// get: who comes second finds nothing, or waits on.
internal sealed class NamesActor(NameTable names, int maxWaiting) : UntypedActor, IWithTimers
{
    private readonly List<Waiting> _waiting = [];
    private WatchCounts? _watches;

    public ITimerScheduler Timers { get; set; } = null!;

    private WatchCounts Watches => _watches ??= new WatchCounts(Context);

    public static Props Props(NameTable names, int maxWaiting) =>
        Akka.Actor.Props.Create(() => new NamesActor(names, maxWaiting));

    protected override void PreStart() => names.Desk = Self;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Get get: OnGet(get); break;
            case GetNames: Sender.Tell(new GivenSockets(names.All())); break;
            case Shown shown: TryNext(shown.Name); break;
            case Confirmed { Command: Take take }: End(take); break;
            case Refused { Command: Take take } refused: OnRefused(take, refused.Result); break;
            case Late late: OnLate(late.Waiting); break;
            case Terminated dead: OnTerminated(dead.ActorRef); break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        var why = new SocketResult(ResultCode.EEABORTED, "Get: the actor of the names was stopped");
        foreach (var waiting in _waiting.ToArray()) Refuse(waiting, why);
        base.PostStop();
    }

    private void OnGet(Get get)
    {
        if (_waiting.Count >= maxWaiting)
        {
            var full = $"Get: {maxWaiting} are under way; handoff.give.max-waiting";
            Sender.Tell(new Refused(get, new SocketResult(ResultCode.EEQUOTA, full)));
            return;
        }

        var waiting = new Waiting(get, Sender);
        _waiting.Add(waiting);
        Watches.Watch(get.Owner);
        if (get.Within is { } within) Timers.StartSingleTimer(waiting, new Late(waiting), within);
        Try(waiting);
    }

    private void TryNext(string name)
    {
        var next = _waiting.Find(waiting => waiting.Take is null && waiting.IsFor(name));
        if (next is not null) Try(next);
        else if (!_waiting.Exists(waiting => waiting.IsFor(name))) names.AwaitNoMore(name);
    }

    private void Try(Waiting waiting)
    {
        var (name, mayWait) = (waiting.Get.Name, waiting.Get.Within is not null && !waiting.IsLate);
        if (names.Find(name, mayWait) is { } entry)
        {
            waiting.Take = new Take(entry.Offer, waiting.Get, waiting.Asker);
            // A socket that stops answers nothing, but is reported.
            Watches.Watch(entry.Offer.Socket);
            entry.Offer.Socket.Tell(waiting.Take, Self);
        }
        else if (!mayWait)
        {
            Refuse(waiting, waiting.IsLate ? TimedOut(waiting.Get) : NotFound(name));
        }
    }

    private void OnRefused(Take take, SocketResult result)
    {
        if (Find(take) is not { } waiting) return;
        Watches.Unwatch(take.Offer.Socket);
        waiting.Take = null;
        // Another was first, or the giver has it back.
        if (result.Code is ResultCode.EESOCKNOTRLSD or ResultCode.EEBADF)
        {
            Try(waiting);
            return;
        }

        Refuse(waiting, result);
        TryNext(waiting.Get.Name);
    }

    private void OnLate(Waiting waiting)
    {
        waiting.IsLate = true;
        if (waiting.Take is null && _waiting.Contains(waiting)) Refuse(waiting, TimedOut(waiting.Get));
    }

    private void OnTerminated(IActorRef dead)
    {
        Watches.Died(dead);
        foreach (var waiting in _waiting.ToArray())
        {
            if (waiting.Take is { } take && take.Offer.Socket.Equals(dead))
            {
                OnRefused(take, new SocketResult(ResultCode.EEBADF, "the socket is gone"));
            }
            else if (waiting.Take is null && waiting.Get.Owner.Equals(dead))
            {
                Refuse(waiting, new SocketResult(ResultCode.EEABORTED, $"Get: {dead} has stopped"));
            }
        }
    }

    private void Refuse(Waiting waiting, SocketResult result)
    {
        Forget(waiting);
        waiting.Asker.Tell(new Refused(waiting.Get, result), Self);
    }

    private void End(Take take)
    {
        if (Find(take) is not { } waiting) return;
        Watches.Unwatch(take.Offer.Socket);
        Forget(waiting);
    }

    private void Forget(Waiting waiting)
    {
        if (!_waiting.Remove(waiting)) return;
        Timers.Cancel(waiting);
        Watches.Unwatch(waiting.Get.Owner);
        if (!_waiting.Exists(other => other.IsFor(waiting.Get.Name))) names.AwaitNoMore(waiting.Get.Name);
    }

    private Waiting? Find(Take take) => _waiting.Find(waiting => ReferenceEquals(waiting.Take, take));

    private static SocketResult NotFound(string name) =>
        new(ResultCode.EENAMENOTFOUND, $"Get: no socket is given as '{name}'");

    private static SocketResult TimedOut(Get get) =>
        new(ResultCode.EETIMEDOUT, $"Get: no socket was given as '{get.Name}' within {get.Within}");

    // A name that somebody waits for is on offer.
    public sealed record Shown(string Name);

    private sealed record Late(Waiting Waiting);

    private sealed class Waiting(Get get, IActorRef asker)
    {
        public Get Get => get;

        public IActorRef Asker => asker;

        // Under way to a socket.
        public Take? Take { get; set; }

        public bool IsLate { get; set; }

        public bool IsFor(string name) => GiveName.Comparer.Equals(get.Name, name);
    }
}

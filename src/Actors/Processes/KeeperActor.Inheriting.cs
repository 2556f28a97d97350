using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;

namespace Handoff.Processes;

// What this process was started with: the listeners of the service manager, and what an earlier process had put into
// its store.
internal sealed partial class KeeperActor
{
    // In the store under these names, and of an owner here that has not said yet that they are to stay: by the number
    // of what lands, and then by its actor.
    private readonly Dictionary<long, string> _landing = [];
    private readonly Dictionary<IActorRef, string> _left = [];

    private void OnAnswered(KeptArrivals.Answered answered)
    {
        if (!answered.Result.IsSuccess) Forget(answered.Adopted.StoredAs);
        else if (answered.Adopted.StoredAs is { } name) _landing.Add(answered.Id, name);
        answered.Of.On(answered, Self);
    }

    private void OnLeft(Keeping.Left left)
    {
        if (!_landing.Remove(left.Id, out var name)) return;
        _left.Add(left.Socket, name);
        Context.Watch(left.Socket);
    }

    // It has ended, or goes to another process.
    private void ForgetLeft(IActorRef socket)
    {
        if (!_left.Remove(socket, out var name)) return;
        Context.Unwatch(socket);
        Forget(name);
    }

    private void Forget(string? stored)
    {
        if (stored is null) return;
        Question(async _ =>
        {
            await _store!.ForgetAsync(stored).ConfigureAwait(false);
            return () => { };
        });
    }

    private void OnGetInherited(GetInherited query)
    {
        var (passed, result) = _inherited.Look(IsForAnyone);
        if ((result.IsSuccess ? Unfit(passed) : result) is { } refusal)
            Sender.Tell(Refusals.Of(Self, query, refusal), Self);
        else Sender.Tell(new InheritedSockets([.. passed.Select(InheritedArrivals.Tell)]), Self);
    }

    private void OnAdoptInherited(AdoptInherited adopt)
    {
        if (Obstacle(adopt) is { } refusal)
        {
            Sender.Tell(Refusals.Of(Self, adopt, refusal), Self);
            return;
        }

        var (passed, _) = _inherited.Take(each => IsWanted(adopt, each));
        foreach (var each in passed.Where(each => each.Stored is not null)) Forget(each.Name);
        var arrivals = new InheritedArrivals(adopt, Sender, _landings!);
        var offered = passed.Where(arrivals.IsFit).ToArray();
        arrivals.Begin(offered.Length, Self);
        foreach (var each in offered)
            arrivals.OfferAsync(each, Context, _settings.Handles.AnswerTimeout).PipeTo(Self);
    }

    private SocketResult? Obstacle(AdoptInherited adopt)
    {
        if (adopt.Target.IsNobody()) return new(ResultCode.EENOADDR, "AdoptInherited names no target");
        if (Limits.Foreign(Self, adopt.Target) is { } foreign) return foreign;
        var (passed, result) = _inherited.Look(each => IsWanted(adopt, each));
        if (!result.IsSuccess) return result;
        return adopt.Name is not null && passed.Count == 0
            ? new(ResultCode.EENAMENOTFOUND, $"AdoptInherited: this process has inherited no '{adopt.Name}'")
            : Unfit(passed);
    }

    private SocketResult? Unfit(IReadOnlyList<Passed> passed) => passed.Count > 0 ? Unable : null;

    private bool IsWanted(AdoptInherited adopt, Passed passed) =>
        IsForAnyone(passed) && (adopt.Name is null || adopt.Name == passed.Name);

    // What is in the store comes by AdoptKept, where this process has its sockets kept there.
    private bool IsForAnyone(Passed passed) => passed.Stored is null || _link is null || _link != _store;
}

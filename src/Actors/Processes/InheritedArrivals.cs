using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Processes;

// What this process was started with, for one AdoptInherited, on its way to owners here.
internal sealed class InheritedArrivals(AdoptInherited command, IActorRef asker, Landings landings)
{
    private readonly List<InheritedSocket> _closed = [];
    private int _open;
    private int _acquired;

    public static InheritedSocket Tell(Passed passed)
    {
        var facts = passed.Facts is null ? null : WireFacts.ToActors(passed.Facts, passed.Id);
        return new InheritedSocket(passed.Name, facts, passed.Result);
    }

    // If not it is closed.
    public bool IsFit(Passed passed)
    {
        if (passed.Facts is null) Close(passed, passed.Result);
        return passed.Facts is not null;
    }

    public async Task<Answered> OfferAsync(Passed passed, IActorContext context, TimeSpan within)
    {
        // A stored one that nobody keeps there any more is only this process's, as a connection is that was passed.
        var facts = passed.Facts!;
        var isManagers = passed.Stored is null && facts.Kind is HandleKind.Listener or HandleKind.RecordListener;
        var place = new Place(WireFacts.ToActors(facts, passed.Id), passed.Name)
        {
            IsDurable = command.DurableReads, Copy = isManagers ? Copy.Managers : Copy.None,
        };
        var move = new Arriving([place], from: null, within);
        context.ActorOf(ArrivingActor.Props(move, command.Target, landings, within));
        return new Answered(this, move, passed, await move.AnswerAsync().ConfigureAwait(false));
    }

    public void Begin(int sockets, IActorRef self)
    {
        _open = sockets;
        TellIfOver(self);
    }

    public void On(Answered answered, IActorRef self)
    {
        _open--;
        var (passed, result) = (answered.Passed, answered.Result);
        if (result.IsSuccess)
        {
            _acquired++;
            answered.Move.End(result, [new TakenSocket(passed.Socket, passed.Facts!, KeeperLink.Live)]);
        }
        else
        {
            Close(passed, result);
            answered.Move.End(result, []);
        }

        TellIfOver(self);
    }

    private void TellIfOver(IActorRef self)
    {
        if (_open == 0) asker.Tell(new InheritedAdopted(command, _acquired, _closed), self);
    }

    // The manager may have it still: nothing is shut down.
    private void Close(Passed passed, SocketResult why)
    {
        passed.Socket.Dispose();
        _closed.Add(Tell(passed) with { Result = why });
    }

    public sealed record Answered(InheritedArrivals Of, Arriving Move, Passed Passed, SocketResult Result);
}

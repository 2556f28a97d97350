using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// A socket is on its way to another process: whatever would change its ownership waits until it is known who has it.
internal sealed class Departing(Departure departure)
{
    // Of the owner's commands, and of acquires and gets; there are no more events than parties, and one deadline.
    private const int MostWaiting = 32;

    private readonly List<(Event What, object Command)> _events = [];
    private readonly Queue<(object Command, IActorRef Sender)> _commands = [];

    public Departure Departure => departure;

    public IReadOnlyList<(Event What, object Command)> Events => _events;

    // The socket stays: nothing waits any more, and what has waited is carried out.
    public bool IsOver { get; set; }

    // Whoever sent the command that is carried out after all.
    public IActorRef? Asker { get; private set; }

    // Until somebody has taken what is lent it waits for long: whatever else happens is not kept waiting.
    private bool IsWaiting => departure.IsLoan && !departure.IsLent;

    // False if as many wait as may. A deadline and the owner's word ask for it back; the owner's death does not, as an
    // offer outlives its owner, and nor does what the other targets say.
    public bool TryDefer(Event what, object command, IActorRef sender)
    {
        if (what is Event.Deadline or Event.LoanOver or Event.Revoke or Event.Close
            || (IsWaiting && what is not Event.Command))
        {
            departure.AskBack();
        }

        if (what is not Event.Command)
        {
            _events.Add((what, command));
            return true;
        }

        if (_commands.Count(each => IsOfTaker(each.Command) == IsOfTaker(command)) == MostWaiting) return false;
        _commands.Enqueue((command, sender));
        return true;
    }

    // In the order in which they came; null after the last one.
    public object? Next()
    {
        var isLeft = _commands.TryDequeue(out var next);
        Asker = isLeft ? next.Sender : null;
        return isLeft ? next.Command : null;
    }

    // Nobody will carry them out. To a get it is a name that was given until now.
    public void RefuseAll(SocketResult why, IActorRef socket)
    {
        foreach (var (command, sender) in _commands)
        {
            var told = command is Take ? new SocketResult(ResultCode.EESOCKNOTRLSD, why.Reason) : why;
            sender.Tell(Refusals.Of(socket, Hearer.MayHear(sender, command), told), socket);
        }
    }

    private static bool IsOfTaker(object command) => command is Acquire or Take;
}

using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Handoff.Messages;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// A give that has its place in the table and waits for its name's file.
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source holds nothing.")]
internal sealed class Holding(Give give, Event.Give what, IActorRef asker)
{
    private readonly CancellationTokenSource _ending = new();

    public Give Give => give;

    public Event.Give What => what;

    public IActorRef Asker => asker;

    public CancellationToken Ended => _ending.Token;

    public void End() => _ending.Cancel();
}

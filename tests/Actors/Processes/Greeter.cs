using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Actors.Tests.Processes;

// Acquires what it is offered, says one word to each peer, and closes.
internal sealed class Greeter(string word) : UntypedActor
{
    public static Props Props(string word) => Akka.Actor.Props.Create(() => new Greeter(word));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Once });
                break;
            case Acquired acquired:
                acquired.Handle.Socket.Tell(new Write(acquired.Handle, Encoding.ASCII.GetBytes(word)));
                acquired.Handle.Socket.Tell(new Close(acquired.Handle));
                break;
        }
    }
}

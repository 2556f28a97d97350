using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Hosting.Tests.Setup;

// Tells each client its greeting, then closes.
internal sealed class Greeter : ReceiveActor
{
    public Greeter(Greeting greeting)
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Once }));
        Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(
            new Write(acquired.Handle, Encoding.UTF8.GetBytes(greeting.Text))));
        Receive<Written>(written => written.Write.Handle.Socket.Tell(new Close(written.Write.Handle)));
        Receive<string>(_ => Sender.Tell(greeting.Text));
    }
}

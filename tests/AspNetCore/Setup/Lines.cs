using Akka.Actor;
using Handoff.Messages;

namespace Handoff.AspNetCore.Tests.Setup;

// What is not HTTP: sends back what comes, and says hello first.
internal sealed class Lines : ReceiveActor
{
    private readonly Dictionary<Write, Received> _echoes = [];

    public Lines()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
        Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(new Write(acquired.Handle, "hello\n"u8.ToArray())));
        Receive<Received>(received =>
        {
            var echo = new Write(received.Handle, received.Bytes);
            _echoes[echo] = received;
            received.Handle.Socket.Tell(echo);
        });
        Receive<Written>(written =>
        {
            if (_echoes.Remove(written.Write, out var received))
                received.Handle.Socket.Tell(new Consumed(received.Handle, received.End));
        });
        Receive<PeerFinished>(finished => finished.Handle.Socket.Tell(new Close(finished.Handle)));
    }
}

using System.Net;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Hosting.Tests.Setup;

// Sends each datagram back, and tells whoever asks where it is bound.
internal sealed class DatagramEcho : ReceiveActor
{
    public const string Where = "?";

    private readonly List<IActorRef> _askers = [];
    private EndPoint? _bound;

    public DatagramEcho()
    {
        HandoffExtension.For(Context.System).Sockets.Tell(
            new Bind(new IPEndPoint(IPAddress.Loopback, 0), Self) { Reading = Reading.Active(4) });
        Receive<Acquired>(acquired =>
        {
            _bound = acquired.Facts.Local;
            _askers.ForEach(asker => asker.Tell(_bound));
        });
        Receive<ReceivedFrom>(message => message.Handle.Socket.Tell(
            new SendTo(message.Handle, message.Bytes.ToArray(), message.Facts.Address)));
        Receive<string>(_ =>
        {
            if (_bound is null) _askers.Add(Sender);
            else Sender.Tell(_bound);
        });
        ReceiveAny(_ => { });
    }
}

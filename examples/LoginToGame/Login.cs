using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace LoginToGame;

// Owns a connection until its first line is there, and offers it to the game with the name that the line has.
public sealed class Login : ReceiveActor
{
    private const int LongestName = 40;

    private readonly Dictionary<long, string> _names = [];

    public Login(IActorRef game)
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Once }));
        Receive<Received>(part =>
        {
            var end = part.Bytes.Span.IndexOf((byte)'\n');
            var text = Encoding.UTF8.GetString(end < 0 ? part.Bytes.Span : part.Bytes.Span[..end]);
            var name = _names[part.Handle.Id] = _names.GetValueOrDefault(part.Handle.Id) + text;
            // What is behind the line is the game's.
            Answer(new Consumed(part.Handle, end < 0 ? part.End : part.Position + end + 1));
            if (name.Length > LongestName) Answer(new Close(part.Handle));
            else if (end < 0) Answer(new ReadBy(part.Handle, Reading.Once));
            else Answer(new Release(part.Handle, game) { Attachment = name });

            void Answer(object command) => part.Handle.Socket.Tell(command);
        });
        Receive<Released>(released => _names.Remove(released.Release.Handle.Id));
        Receive<ReleaseFailed>(failed => failed.Release.Handle.Socket.Tell(new Close(failed.Release.Handle)));
        Receive<Closed>(closed => _names.Remove(closed.Handle.Id));
    }
}

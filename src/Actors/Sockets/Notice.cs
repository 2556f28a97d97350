using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;
using Handoff.Transport.Tls;

namespace Handoff.Sockets;

// What the parts of a socket tell its actor.
internal abstract record Notice
{
    public sealed record TransportEnded(SocketResult Result) : Notice;

    // Of a lease that was lent, in this epoch.
    public sealed record GivenBack(long Epoch, string Why) : Notice;

    // One for all owners of the socket: an early one costs a look at the queue.
    public sealed record InputReady : Notice
    {
        private InputReady()
        {
        }

        public static InputReady Instance { get; } = new();
    }

    public sealed record OutputReady(MessageIo For, SocketResult Result) : Notice;

    public sealed record SendReady(DatagramIo For, SocketResult Result) : Notice;

    // A filter has ended.
    public sealed record Filtered(Filtering Filtering, FilterOutcome Outcome) : Notice;

    public sealed record FilterTimedOut(Filtering Filtering) : Notice;

    // Of a splice that its socket takes part in, or did.
    public abstract record SpliceNotice(SpliceSession Session) : Notice;

    public sealed record SpliceJoined(SpliceSession Session, SocketConnection Far) : SpliceNotice(Session);

    public sealed record SpliceLate(SpliceSession Session) : SpliceNotice(Session);

    public sealed record SpliceIdle(SpliceSession Session) : SpliceNotice(Session);

    public sealed record SpliceOver(SpliceSession Session) : SpliceNotice(Session);

    // A handshake is over, in one way or the other.
    public sealed record TlsOver(TlsStart Start, TlsState.Secure? Session, SocketResult Result) : Notice;

    // The socket has stopped, and whoever carries it knows.
    public sealed record Detached : Notice
    {
        private Detached()
        {
        }

        public static Detached Instance { get; } = new();
    }

    // It has arrived where it was lent to.
    public sealed record LentOut(Departure Departure) : Notice;

    // Who has the socket is known: another process, or its owner again.
    public sealed record DepartureOver(Departure Departure, bool IsGone, SocketResult Why) : Notice;

    // The name's file is held, or is not to be had.
    public sealed record NameHeld(Holding Holding, SocketResult Result) : Notice;

    // Nobody keeps the socket any more.
    public sealed record KeepingLost(SocketResult Why) : Notice;

    // An association that the owner asked for is up, or will not be.
    public sealed record Associated(Associate Command, IActorRef Asker, SocketResult Result) : Notice;

    // One that the owner began by a message did not come up.
    public sealed record AssociationFailed(IPEndPoint? Peer, SocketResult Result) : Notice;

    // The first that a socket that was peeled off hears, where it is to be somebody else's at once.
    public sealed record HandOver(Peeloff Command) : Notice;

    // The connection waits for an owner no longer.
    public sealed record Settled(IActorRef Connection) : Notice;
}

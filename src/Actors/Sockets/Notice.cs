using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;

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

    // The connection waits for an owner no longer.
    public sealed record Settled(IActorRef Connection) : Notice;
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

/// <summary>An offer to a <see cref="SocketTarget"/>; answer it once, in time.</summary>
public sealed class OfferedSocket
{
    private readonly Anchor _anchor;

    internal OfferedSocket(Anchor anchor, Offered offered)
    {
        _anchor = anchor;
        Offered = offered;
    }

    /// <summary>What the target was told.</summary>
    public Offered Offered { get; }

    /// <summary>Takes the socket over. A listener is for an actor to own: it is declined.</summary>
    /// <param name="heir">Who is asked if the target stops; nobody by default.</param>
    /// <exception cref="SocketFailedException">The offer is over: <c>EESOCKNOTRLSD</c>, or <c>EEBADF</c>; or it is of
    /// a listener: <c>EEMODENOTSUPP</c>.</exception>
    public Task<OwnedSocket> AcquireAsync(IActorRef? heir = null)
    {
        if (Offered.Facts.Kind is SocketKind.Listener)
        {
            var why = OwnedSocket.NoListener(Offered.Facts.Id);
            Decline(why.Reason);
            return Task.FromException<OwnedSocket>(new SocketFailedException(why));
        }

        var acquire = new Acquire(Offered.Offer, _anchor.Self) { Heir = heir };
        var isLent = Offered.LoanFor is not null;
        return _anchor.OwnAsync(Offered.Offer.Socket, acquire, owns: false, Offered.Offer.Id, isLent);
    }

    /// <summary>Leaves the socket to whoever offered it.</summary>
    /// <param name="reason">One line for the owner.</param>
    public void Decline(string reason) =>
        Offered.Offer.Socket.Tell(new Decline(Offered.Offer, _anchor.Self, reason), _anchor.Self);
}

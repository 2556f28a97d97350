using Akka.Actor;
using Handoff.Messages;

namespace Handoff;

/// <summary>
/// A target for code outside actors: release a socket to <see cref="Ref"/>, and <see cref="NextAsync"/> yields the
/// offer.
/// It owns what it acquires; disposing it closes those connections and declines what waits.
/// </summary>
public sealed class SocketTarget : IAsyncDisposable
{
    internal const int MaxOffers = 64;

    private readonly Anchor _anchor;

    internal SocketTarget(Anchor anchor) => _anchor = anchor;

    internal OfferQueue Offers => _anchor.Mail.Offers;

    /// <summary>Who to release to, or to name as an acceptor.</summary>
    public IActorRef Ref => _anchor.Self;

    /// <summary>Waits for the next offer; at most 64 wait in a queue, further ones are declined.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="System.Threading.Channels.ChannelClosedException">The target was disposed.</exception>
    public async ValueTask<OfferedSocket> NextAsync(CancellationToken cancellationToken = default) =>
        new(_anchor, await _anchor.Mail.Offers.TakeAsync(cancellationToken));

    /// <summary>Waits for the next offer and acquires it.</summary>
    /// <param name="cancellationToken">Ends the wait for the offer.</param>
    public async Task<OwnedSocket> AcquireNextAsync(CancellationToken cancellationToken = default)
    {
        var offered = await NextAsync(cancellationToken);
        return await offered.AcquireAsync();
    }

    // Declines what waits and what comes; what was acquired lives on, and its actor as long.
    internal void Retire() => _anchor.Retire();

    /// <summary>Stops owning: what was acquired and not released is closed, gracefully.</summary>
    public async ValueTask DisposeAsync() =>
        await _anchor.Self.GracefulStop(_anchor.StopWithin);
}

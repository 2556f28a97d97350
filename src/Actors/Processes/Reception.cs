using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Processes;

// Hears the other processes that connect here, as many at a time as the listener admits, each for one move after the
// other; or for one name.
internal sealed class Reception(
    ControlListener listener, TimeSpan idleTimeout, Func<PeerCredentials?, Doorbell> doorbell, Claims claims)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _peers = [];

    // Ends when this is disposed.
    public async Task RunAsync()
    {
        while (true)
        {
            var (peer, code) = await listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
            if (peer is null && code is ResultCode.EEINTR or ResultCode.EEBADF) return;
            if (peer is not null) Begin(peer);
        }
    }

    // What has begun goes on to its end, which is bounded.
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await listener.DisposeAsync().ConfigureAwait(false);
        Task[] peers;
        lock (_gate) peers = [.. _peers];
        await Task.WhenAll(peers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private void Begin(ControlPeer peer)
    {
        lock (_gate)
        {
            _peers.RemoveAll(each => each.IsCompleted);
            _peers.Add(Task.Run(() => ServeAsync(peer)));
        }
    }

    private async Task ServeAsync(ControlPeer peer)
    {
        using (peer)
        {
            if (peer.First is Frame.Claim claim)
                await claims.ServeAsync(peer.Channel, claim, _closing.Token).ConfigureAwait(false);
            var next = peer.First as Frame.Offer;
            while (next is not null)
            {
                await doorbell(peer.Channel.Control.Peer).TakeAsync(peer.Channel, next).ConfigureAwait(false);
                (next, _) = await Taker.NextOfferAsync(peer.Channel, idleTimeout, _closing.Token)
                    .ConfigureAwait(false);
            }
        }
    }
}

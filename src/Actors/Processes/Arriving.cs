using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;

namespace Handoff.Processes;

// What another process offers to a service here, and what the service says to it: it wants all of it, or none. What
// comes then is its actor's to take, once; what that does not take is closed.
internal sealed class Arriving(IReadOnlyList<Place> places, PeerCredentials? from, TimeSpan within)
{
    private readonly TaskCompletionSource<SocketResult> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _gate = new();
    private IReadOnlyList<TakenSocket> _sockets = [];
    private IActorRef? _keeper;
    private bool _isOver;
    private bool _isClosed;

    public IReadOnlyList<Place> Places => places;

    public PeerCredentials? From => from;

    public TimeSpan Within => within;

    public Task<SocketResult> Answer => _answer.Task;

    public void Say(SocketResult result) => _answer.TrySetResult(result);

    // No later than its time.
    public async Task<SocketResult> AnswerAsync()
    {
        await ((Task)Answer).WaitAsync(within).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say(new(ResultCode.EETIMEDOUT, "nobody acquired it in time"));
        return await Answer.ConfigureAwait(false);
    }

    // False if the move is over already: nobody is to be asked any more.
    public bool TryBegin(IActorRef keeper)
    {
        lock (_gate)
        {
            _keeper = keeper;
            return !_isOver;
        }
    }

    // The move is over. Whoever keeps the offers is told, if anybody does.
    public void End(SocketResult why, IReadOnlyList<TakenSocket> sockets)
    {
        IActorRef? keeper;
        lock (_gate)
        {
            _isOver = true;
            keeper = _keeper;
            if (keeper is not null && !_isClosed) _sockets = sockets;
        }

        if (keeper is null || _isClosed) Drop(sockets);
        keeper?.Tell(new Over(why));
    }

    // Whoever gets them has them to close.
    public IReadOnlyList<TakenSocket> Take()
    {
        lock (_gate)
        {
            var sockets = _sockets;
            _sockets = [];
            return sockets;
        }
    }

    // Its actor has stopped.
    public void Close()
    {
        lock (_gate) _isClosed = true;
        Drop(Take());
    }

    private static void Drop(IReadOnlyList<TakenSocket> sockets)
    {
        foreach (var socket in sockets) socket.Descriptor.Dispose();
    }

    public sealed record Over(SocketResult Why);
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

// Between an anchor's actor and whoever awaits outside: each command in flight has one waiter.
internal sealed class AnchorMail(int maxOffers)
{
    private static readonly SocketResult Closed = new(ResultCode.EEBADF, "the socket is closed");
    private static readonly SocketResult Moved = new(ResultCode.EESECURITY, "the socket is another's");

    private readonly ConcurrentDictionary<object, Waiter> _waiters = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<SocketResult>> _ends = [];
    private readonly Channel<Offered> _offers = Channel.CreateBounded<Offered>(maxOffers);
    private volatile bool _stopped;

    public ChannelReader<Offered> Offers => _offers.Reader;

    // The answer: Acquired, Listening, Released, ReleaseFailed, Confirmed or Refused.
    public Task<object> Expect(object command, IActorRef socket, long id)
    {
        var waiter = new Waiter(socket, id);
        _waiters[command] = waiter;
        if (_stopped) Answer(command, new Refused(command, Closed));
        return waiter.Answer.Task;
    }

    public Task<SocketResult> EndOf(long id) => End(id).Task;

    public void Deliver(object message, IActorRef self)
    {
        switch (message)
        {
            case Released released:
                End(released.Release.Handle.Id).TrySetResult(Moved);
                Answer(released.Release, released);
                break;
            case ReleaseFailed failed: Answer(failed.Release, failed); break;
            case Refused refused:
                // Too late: the socket is another's, or gone.
                if (refused.Command is Close or Abort or Return) EndOf(refused);
                if (refused.Command is Give give) Answer(give.Naming, refused);
                Answer(refused.Command, refused);
                break;
            case Given given: Answer(given.Give.Naming, given); break;
            case Confirmed confirmed: Answer(confirmed.Command, confirmed); break;
            case OptionValue value: Answer(value.Command, value); break;
            case Acquired acquired: AnswerAcquire(acquired.Handle.Id, acquired); break;
            case Listening listening: AnswerAcquire(listening.Handle.Id, listening); break;
            case LoanOver over: End(over.Id).TrySetResult(Moved); break;
            case Closed closed: End(closed.Handle.Id).TrySetResult(closed.Result); break;
            case Offered offered: Queue(offered, self); break;
        }
    }

    public void Gone(IActorRef socket)
    {
        foreach (var (command, waiter) in _waiters)
        {
            if (waiter.Socket.Equals(socket)) Answer(command, new Refused(command, Closed));
        }
    }

    public void Stopped()
    {
        _stopped = true;
        _offers.Writer.TryComplete();
        foreach (var command in _waiters.Keys) Answer(command, new Refused(command, Closed));
        foreach (var end in _ends.Values) end.TrySetResult(Closed);
    }

    // An Acquired does not say which command it answers: it is the one for this socket, or the one that made it.
    private void AnswerAcquire(long id, object answer)
    {
        foreach (var (command, waiter) in _waiters)
        {
            var isFor = command is Connect or Listen or Bind or Get || (command is Acquire && waiter.Id == id);
            if (isFor) Answer(command, answer);
        }
    }

    private void Answer(object command, object answer)
    {
        if (_waiters.TryRemove(command, out var waiter)) waiter.Answer.TrySetResult(answer);
    }

    private void Queue(Offered offered, IActorRef self)
    {
        if (_offers.Writer.TryWrite(offered)) return;
        offered.Offer.Socket.Tell(new Decline(offered.Offer, self, "too many offers wait"));
    }

    // Whoever owned the socket does not ask any more.
    public void Forget(long id) => _ends.TryRemove(id, out _);

    private void EndOf(Refused refused)
    {
        End(((ISocketCommand)refused.Command).Handle.Id).TrySetResult(refused.Result);
    }

    private TaskCompletionSource<SocketResult> End(long id)
    {
        var end = _ends.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_stopped) end.TrySetResult(Closed);
        return end;
    }

    private sealed record Waiter(IActorRef Socket, long Id)
    {
        public TaskCompletionSource<object> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

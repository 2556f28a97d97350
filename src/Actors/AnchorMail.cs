using System.Collections.Concurrent;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff;

// Between an anchor's actor and whoever awaits outside: each command in flight has one waiter.
internal sealed class AnchorMail(int maxOffers)
{
    private const string NoMore = "the target takes no more";

    private static readonly SocketResult Closed = new(ResultCode.EEBADF, "the socket is closed");
    private static readonly SocketResult Moved = new(ResultCode.EESECURITY, "the socket is another's");

    private readonly ConcurrentDictionary<object, Waiter> _waiters = new(ReferenceEqualityComparer.Instance);
    // The ownership periods that have begun and not ended; the actor's alone.
    private readonly Dictionary<(long Id, long Epoch), TaskCompletionSource<SocketResult>> _ends = [];
    // The actor's alone, too.
    private long _turns;
    private bool _retires;
    private volatile bool _stopped;

    public OfferQueue Offers { get; } = new(maxOffers);

    // It was told to retire, and owns nothing and waits for nothing any more.
    public bool IsDone => _retires && _ends.Count == 0 && _waiters.IsEmpty;

    // The answer: Begun for Acquired and Listening, else Released, ReleaseFailed, Confirmed, OptionValue or Refused.
    public Task<object> Expect(object command, IActorRef socket, long id)
    {
        var waiter = new Waiter(socket, id);
        _waiters[command] = waiter;
        if (_stopped) Answer(command, new Refused(command, Closed));
        return waiter.Answer.Task;
    }

    public void Sending(object command)
    {
        if (_waiters.TryGetValue(command, out var waiter)) waiter.Turn = ++_turns;
    }

    public void Deliver(object message, IActorRef self)
    {
        switch (message)
        {
            case Released released:
                End(released.Release.Handle, Moved);
                Answer(released.Release, released);
                break;
            case ReleaseFailed failed: Answer(failed.Release, failed); break;
            case Refused refused:
                // Too late: the socket is another's, or gone.
                if (refused.Command is Close or Abort or Return)
                    End(((ISocketCommand)refused.Command).Handle, refused.Result);
                if (refused.Command is Give give) Answer(give.Naming, refused);
                Answer(refused.Command, refused);
                break;
            case Given given: Answer(given.Give.Naming, given); break;
            case Confirmed confirmed: Answer(confirmed.Command, confirmed); break;
            case OptionValue value: Answer(value.Command, value); break;
            case TlsStarted started: Answer(started.Command, started); break;
            case TlsFailed failed: Answer(failed.Command, failed); break;
            case Acquired acquired: AnswerAcquire(acquired.Handle, acquired); break;
            case Listening listening: AnswerAcquire(listening.Handle, listening); break;
            case LoanOver over: End((over.Id, over.Epoch), Moved); break;
            case Closed closed: End(closed.Handle, closed.Result); break;
            case Offered offered: Queue(offered, self); break;
            case Withdrawn withdrawn: Offers.Remove(withdrawn.Offer); break;
        }
    }

    public void Gone(IActorRef socket)
    {
        foreach (var (command, waiter) in _waiters)
        {
            if (waiter.Socket.Equals(socket)) Answer(command, new Refused(command, Closed));
        }
    }

    // Takes no offer any more, and declines those that wait.
    public void Retire(IActorRef self)
    {
        _retires = true;
        Offers.Close();
        foreach (var left in Offers.Empty()) Decline(left, self, NoMore);
    }

    public void Stopped()
    {
        _stopped = true;
        Offers.Close();
        foreach (var command in _waiters.Keys) Answer(command, new Refused(command, Closed));
        foreach (var end in _ends.Values) end.TrySetResult(Closed);
    }

    // An Acquired does not say which command it answers: it is the one that made the socket, or the first one for it
    // that is left, because a socket answers in the order in which it is told.
    private void AnswerAcquire(SocketHandle handle, object answer)
    {
        var first = _waiters
            .Where(each => each.Value.Turn > 0 && IsFor(each.Key, each.Value, handle))
            .OrderBy(each => each.Value.Turn)
            .FirstOrDefault().Key;
        if (first is not null) Answer(first, new Begun(answer, Begin((handle.Id, handle.Epoch))));
    }

    private static bool IsFor(object command, Waiter waiter, SocketHandle handle) =>
        command is Connect or Listen or Bind or Get || (command is Acquire && waiter.Id == handle.Id);

    private void Answer(object command, object answer)
    {
        if (_waiters.TryRemove(command, out var waiter)) waiter.Answer.TrySetResult(answer);
    }

    private void Queue(Offered offered, IActorRef self)
    {
        if (!Offers.TryAdd(offered)) Decline(offered, self, _retires ? NoMore : "too many offers wait");
    }

    private static void Decline(Offered offered, IActorRef self, string why) =>
        offered.Offer.Socket.Tell(new Decline(offered.Offer, self, why), self);

    private Task<SocketResult> Begin((long Id, long Epoch) period)
    {
        var end = new TaskCompletionSource<SocketResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ends[period] = end;
        return end.Task;
    }

    private void End(SocketHandle handle, SocketResult result) => End((handle.Id, handle.Epoch), result);

    // Nobody waits for one that has ended already, or that never began here.
    private void End((long Id, long Epoch) period, SocketResult result)
    {
        if (_ends.Remove(period, out var end)) end.TrySetResult(result);
    }

    // What an ownership period was begun by, and how it ends.
    public sealed record Begun(object Message, Task<SocketResult> End);

    private sealed record Waiter(IActorRef Socket, long Id)
    {
        // Its place among what was sent; 0 before it was.
        public long Turn { get; set; }

        public TaskCompletionSource<object> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

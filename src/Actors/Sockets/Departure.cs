using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// Told to a socket's actor by whoever carries the socket to another process: an Acquire, or a Take, that is decided
// elsewhere. Until it is the socket neither moves nor reverts. The socket stops in time, or the carrier gives up; then
// the carrier says, once, whether it is gone.
internal sealed class Departure(IActorRef socket, object command, CancellationToken late)
{
    private readonly TaskCompletionSource<(Cargo? Cargo, SocketResult Result)> _stopped =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _recall;
    private bool _isTakenOn;

    public IActorRef Socket => socket;

    // In the words of the ownership protocol: by the carrier, for itself.
    public object Command => command;

    // It is lent, and comes back when its end is told.
    public bool IsLoan { get; init; }

    // The socket's: its borrower has it.
    public bool IsLent { get; set; }

    // The socket's, too.
    public bool IsAskedBack { get; private set; }

    public bool IsGivenUp => _stopped.Task.IsCompleted;

    // The socket's actor sees to its end; else it is the carrier's to answer.
    public bool IsTakenOn
    {
        get => Volatile.Read(ref _isTakenOn);
        set => Volatile.Write(ref _isTakenOn, value);
    }

    public required Action? Recall
    {
        init => _recall = value;
    }

    // The carrier's: what it has to carry, or why there is nothing. EETIMEDOUT once its time is over.
    public async Task<(Cargo? Cargo, SocketResult Result)> BeginAsync()
    {
        socket.Tell(this);
        await ((Task)_stopped.Task).WaitAsync(late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped.TrySetResult((null, new(ResultCode.EETIMEDOUT, "the socket did not stop in time")));
        return await _stopped.Task.ConfigureAwait(false);
    }

    // The carrier's, of a loan: whoever it was carried to has it now.
    public void Lend() => socket.Tell(new Notice.LentOut(this));

    // The carrier's, once there is a cargo.
    public void End(Cargo cargo, bool isGone, SocketResult why)
    {
        if (isGone) cargo.Leave();
        else cargo.GoOn();
        socket.Tell(new Notice.DepartureOver(this, isGone, why));
    }

    // The socket's: somebody wants it back. The carrier does what it can.
    public void AskBack()
    {
        IsAskedBack = true;
        Interlocked.Exchange(ref _recall, null)?.Invoke();
    }

    // The socket's: why there is nothing to carry.
    public void Refuse(SocketResult why) => _stopped.TrySetResult((null, why));

    // The socket's; what it has to know of it, if anything.
    public async Task<Notice> StopAsync(IOwned owned, Keeping? keeper)
    {
        var (cargo, result) = await owned.DetachAsync(late).ConfigureAwait(false);
        if (cargo is not null) cargo = cargo with { Keeper = keeper };
        if (_stopped.TrySetResult((cargo, result)) && cargo is not null) return Notice.Detached.Instance;
        cargo?.GoOn();
        return new Notice.DepartureOver(this, IsGone: false, cargo is null ? result : (await _stopped.Task).Result);
    }
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// An owner that reads and writes by messages: this holds the lease in its place. What was delivered stays unconsumed
// in the lease until the owner says Consumed, so that the next owner finds it there.
internal abstract class CreditIo(Custody custody, SocketHandle handle, Reading.ByMessages by, long consumed)
{
    private int _credits = by.Credits;
    private bool _renews = by.Renews;
    private bool _waiting;
    private bool _paused;

    // Accepted is what the sender was told of: until then what waits for room pins the socket.
    public abstract SocketResult? Pinned { get; }

    // Sending was finished, and a send that waits for room is yet to go before the end.
    public abstract bool OwesEnd { get; }

    protected Custody Custody => custody;

    protected SocketHandle Handle => handle;

    protected IActorRef Owner { get; } = custody.State.OwnerNow()!;

    // The position after the last that the owner was told of.
    protected long Delivered { get; set; } = consumed;

    // The end was delivered, too.
    protected bool IsFinished { get; set; }

    protected abstract long ConsumedPosition { get; }

    // How often the owner was told of something that it has not consumed.
    protected abstract int Outstanding { get; }

    // Delivers as far as there is something and credits go.
    public void Pump()
    {
        while (!_paused && !IsFinished && !_waiting && _credits > 0)
        {
            _waiting = !TryDeliver();
        }
    }

    public void OnInputReady() => _waiting = false;

    public void Pause() => _paused = true;

    // As if there had been no pause.
    public void GoOn() => (_paused, _waiting) = (false, false);

    // A revert: what was delivered and not consumed is delivered again, on the same credits.
    public void Resume()
    {
        GoOn();
        IsFinished = false;
        _credits += Outstanding;
        Forget();
        Delivered = ConsumedPosition;
    }

    public void Credit(Reading.ByMessages reading)
    {
        _renews = reading.Renews;
        _credits = reading.Renews ? Math.Max(0, reading.Credits - Outstanding) : reading.Credits;
    }

    public abstract void Carry(ISocketCommand command);

    // False if there is nothing to deliver yet.
    protected abstract bool TryDeliver();

    protected abstract void Consume(long position);

    // What is outstanding is so no longer.
    protected virtual void Forget()
    {
    }

    // The owner was told of one thing more, up to here.
    protected void HaveDelivered(long end)
    {
        Delivered = end;
        _credits--;
    }

    protected void OnConsumed(Consumed consumed)
    {
        if (consumed.Position > Delivered)
        {
            var why = $"Consumed: position {consumed.Position}, but only {Delivered} was delivered";
            custody.Refuse(consumed, new SocketResult(ResultCode.EEBADDATA, why));
            return;
        }

        var before = Outstanding;
        Consume(consumed.Position);
        if (_renews) _credits += before - Outstanding;
    }

    protected void RefuseMisfit(ISocketCommand command, string socket)
    {
        var why = $"{command.GetType().Name} does not fit {socket}";
        custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
    }
}

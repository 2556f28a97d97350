using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// What the two sockets of a splice have in common. Either may end it, and so may any pump. Whoever waits for it is
// told under the gate: a socket that is asked afterwards knows that it is over, and nobody knows it before the owner.
internal sealed class SpliceSession(Splice command, IActorRef owner, IActorRef asker) : ISpliceListener
{
    private readonly Lock _gate = new();
    private SpliceLink? _link;
    private Phase _phase;

    private enum Phase
    {
        Asking,
        Linked,
        Over,
    }

    public Splice Command => command;

    public IActorRef Owner => owner;

    public IActorRef Near => command.Handle.Socket;

    public IActorRef Far => command.Other.Socket;

    public bool IsOver
    {
        get
        {
            lock (_gate) return _phase is Phase.Over;
        }
    }

    public bool IsAsking
    {
        get
        {
            lock (_gate) return _phase is Phase.Asking;
        }
    }

    public bool HasBegun
    {
        get
        {
            lock (_gate) return _link is not null;
        }
    }

    public long Moved => _link?.Moved ?? 0;

    // Both sockets have agreed. Whoever asked is answered before anything is moved.
    public void Begin(SocketConnection near, SocketConnection far)
    {
        SocketResult result;
        lock (_gate)
        {
            if (_phase is not Phase.Asking) return;
            var terms = new SpliceTerms(
                command.BothWays, command.Limit ?? long.MaxValue, command.LimitBack ?? long.MaxValue);
            (_link, result) = SpliceLink.Join(near, far, terms, this);
            if (_link is not null)
            {
                _phase = Phase.Linked;
                asker.Tell(new Confirmed(Hearer.MayHear(asker, command)), Near);
            }
        }

        if (_link is null) Refuse(result);
        else _link.Start();
    }

    // It has not begun.
    public void Refuse(SocketResult why)
    {
        lock (_gate)
        {
            if (_phase is not Phase.Asking) return;
            _phase = Phase.Over;
            asker.Tell(new Refused(Hearer.MayHear(asker, command), why), Near);
        }

        Refusals.Count(Near, why);
        TellSockets();
    }

    public void End(SpliceEnd why)
    {
        var result = ResultOf(why);
        Refuse(result.IsSuccess ? new SocketResult(ResultCode.EEINTR, "Splice: dissolved before it began") : result);
        _link?.End(why, result);
    }

    public void OnEnded(SpliceOutcome outcome)
    {
        lock (_gate)
        {
            _phase = Phase.Over;
            var (why, result, there, back) = outcome;
            if (why is not SpliceEnd.OwnerStopped)
                owner.Tell(new SpliceEnded(command, why, result, there, back), Near);
        }

        TellSockets();
    }

    private static SocketResult ResultOf(SpliceEnd why) => why switch
    {
        SpliceEnd.Unspliced => SocketResult.Success,
        SpliceEnd.Idle => new(ResultCode.EETIMEDOUT, "nothing was moved for the idle time-out"),
        SpliceEnd.Closed => new(ResultCode.EEBADF, "one of the two was closed"),
        SpliceEnd.Reattached => new(ResultCode.EEABORTED, "the owner has reattached"),
        SpliceEnd.OwnerStopped => new(ResultCode.EEABORTED, "the owner has stopped"),
        SpliceEnd.LoanOver => new(ResultCode.EEABORTED, "one of the two was lent, and is its lender's again"),
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "that is for the link to find"),
    };

    // What they held back goes on.
    private void TellSockets()
    {
        Near.Tell(new Notice.SpliceOver(this), Near);
        Far.Tell(new Notice.SpliceOver(this), Near);
    }
}

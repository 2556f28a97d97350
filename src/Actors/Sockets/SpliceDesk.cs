using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// What the actor of a connection does about splices: made for the first one. The session itself is the connection's,
// which a restart leaves as it is.
internal sealed class SpliceDesk(OwnedConnection owned, IActorContext context, ITimerScheduler timers)
{
    private const string JoinTimer = "splice-join";
    private const string IdleTimer = "splice-idle";

    private readonly IActorRef _self = context.Self;
    private long _movedBefore;

    private Custody Custody => owned.Custody!;

    // What the owner may do: a command of a splice, or any other one while there is a splice.
    public void Carry(ISocketCommand command)
    {
        switch (command)
        {
            case Splice splice: OnSplice(splice); break;
            case JoinSplice join: OnJoin(join); break;
            case Unsplice unsplice: OnUnsplice(unsplice); break;
            case Consumed consumed when owned is { Splice.HasBegun: false, Messages: { } messages }:
                messages.Carry(consumed);
                break;
            default: Custody.Refuse(command, Busy(command)); break;
        }
    }

    public void On(Notice.SpliceNotice notice)
    {
        // It is over, and the connection has forgotten it; or it is an earlier one.
        if (!ReferenceEquals(owned.Splice, notice.Session)) return;
        switch (notice)
        {
            case Notice.SpliceJoined joined: OnJoined(joined); break;
            case Notice.SpliceLate late: late.Session.Refuse(Late); break;
            case Notice.SpliceIdle idle: OnIdle(idle.Session); break;
        }
    }

    // The other socket does not take part.
    public void OnRefused(JoinSplice join, SocketResult why)
    {
        if (ReferenceEquals(owned.Splice, join.Session)) join.Session.Refuse(why);
    }

    public void OnTerminated(IActorRef dead)
    {
        if (owned.Splice is { } session && session.Far.Equals(dead))
            session.Refuse(new(ResultCode.EEBADF, "Splice: the other socket is closed"));
    }

    // What was delivered and not consumed was moved, if anything was.
    public void OnOver(SpliceSession session)
    {
        owned.Splice = null;
        timers.Cancel(JoinTimer);
        timers.Cancel(IdleTimer);
        if (!session.HasBegun && session.Near.Equals(_self)) context.Unwatch(session.Far);
        if (session.HasBegun) owned.Messages?.Resume();
        else owned.Messages?.GoOn();
    }

    // A restart took the timers of the last incarnation.
    public void GoOnAfterRestart()
    {
        if (owned.Splice is not { } session || !session.Near.Equals(_self)) return;
        if (session.IsAsking) StartJoinTimer(session);
        else StartIdleTimer(session);
    }

    private static TimeSpan Shortest => TimeSpan.FromMilliseconds(1);

    private static SocketResult TwoOwners => new(ResultCode.EESECURITY, "Splice: the two sockets have two owners");

    private static SocketResult Late => new(ResultCode.EETIMEDOUT, "Splice: the other socket does not answer");

    private static SocketResult Busy(ISocketCommand command) =>
        new(ResultCode.EEBUSY, $"{command.GetType().Name}: the socket is spliced");

    private void OnSplice(Splice splice)
    {
        if (Obstacle(splice) is { } obstacle)
        {
            Custody.Refuse(splice, obstacle);
            return;
        }

        var session = new SpliceSession(splice, Custody.State.OwnerNow()!, Hearer.Of(context));
        TakePart(session);
        context.Watch(session.Far);
        StartJoinTimer(session);
        session.Far.Tell(new JoinSplice(splice.Other, session), _self);
    }

    private SocketResult? Obstacle(Splice splice)
    {
        if (Limits.Foreign(_self, splice.Other.Socket) is { } foreign) return foreign;
        if (splice.Handle.Id == splice.Other.Id) return new(ResultCode.EEBADDATA, "Splice: a socket with itself");
        if (splice is { Limit: < 1 } or { LimitBack: < 1 })
            return new(ResultCode.EEBADDATA, "Splice: a limit is at least 1 byte");
        if (splice.IdleTimeout is { } idle && (idle < Shortest || idle > owned.SpliceBounds.MaxIdleTimeout))
        {
            var most = owned.SpliceBounds.MaxIdleTimeout;
            return new(ResultCode.EEQUOTA, $"Splice: idle for {idle}; handoff.splice.max-idle-timeout is {most}");
        }

        return Hindrance(splice);
    }

    private SocketResult? Hindrance(ISocketCommand command)
    {
        if (owned.Splice is not null) return Busy(command);
        return owned.Messages?.Pinned;
    }

    private void OnJoin(JoinSplice join)
    {
        var isOfOneOwner = join.Session.Owner.Equals(Custody.State.OwnerNow());
        if ((isOfOneOwner ? Hindrance(join) : TwoOwners) is { } obstacle)
        {
            Custody.Refuse(join, obstacle);
            return;
        }

        TakePart(join.Session);
        join.Session.Near.Tell(new Notice.SpliceJoined(join.Session, owned.Connection), _self);
    }

    private void TakePart(SpliceSession session)
    {
        owned.Splice = session;
        owned.Messages?.Pause();
    }

    private void OnJoined(Notice.SpliceJoined joined)
    {
        timers.Cancel(JoinTimer);
        context.Unwatch(joined.Session.Far);
        joined.Session.Begin(owned.Connection, joined.Far);
        StartIdleTimer(joined.Session);
    }

    private void OnUnsplice(Unsplice unsplice)
    {
        if (owned.Splice is not { } session)
        {
            Custody.Refuse(unsplice, new(ResultCode.EENOTCONN, "Unsplice: the socket is not spliced"));
            return;
        }

        session.End(SpliceEnd.Unspliced);
        Custody.Reply(new Confirmed(unsplice));
    }

    private void OnIdle(SpliceSession session)
    {
        var moved = session.Moved;
        if (moved == _movedBefore) session.End(SpliceEnd.Idle);
        else StartIdleTimer(session);
    }

    private void StartJoinTimer(SpliceSession session) =>
        timers.StartSingleTimer(JoinTimer, new Notice.SpliceLate(session), owned.SpliceBounds.JoinTimeout);

    private void StartIdleTimer(SpliceSession session)
    {
        if (session.Command.IdleTimeout is not { } idle) return;
        _movedBefore = session.Moved;
        timers.StartSingleTimer(IdleTimer, new Notice.SpliceIdle(session), idle);
    }
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// Who may use one socket: asks the ownership table what a message means, and does what the table says. It runs inside
// the socket's actor and is no more thread-safe than that.
internal sealed partial class Custody(
    IActorContext context, ITimerScheduler timers, long id, Rules rules, IOwned owned)
{
    private readonly WatchCounts _watches = new(context);
    private readonly IActorRef _self = context.Self;
    private readonly Authority _authority = new(context.Self, id, rules.Owners);
    private Reattachments _reattachments = new(rules.Settings.MaxReattach);
    private readonly OfferDeadline _deadline = new(context.Self, context.System.Scheduler, timers);
    private State? _state;
    private PendingOffer? _offer;
    private (IActorRef Owner, SocketHandle Handle)? _farewell;
    private SocketResult? _poisoned;
    private SocketResult? _ended;
    private OfferStart _start;
    private Chronicle _chronicle;
    private bool _over;

    public State State => _state ?? throw new InvalidOperationException("Custody has not begun.");

    public bool IsLent => _state is State.Lent;

    private IActorRef Sender => _departing?.Asker ?? context.Sender;

    public void Begin(Transition<IActorRef> birth, TimeSpan within, Reading reading, object? attachment = null)
    {
        var offer = Incoming.Of(release: null, ActorRefs.NoSender, within);
        Commit(birth, command: null, offer with { Reading = reading, Attachment = attachment });
    }

    // False if the message is none of the ownership protocol.
    public bool TryHandle(object message)
    {
        if (Malformed.Why(message) is { } lacks)
        {
            Refuse(message, lacks);
            return true;
        }

        switch (message)
        {
            case GetStatus:
                context.Sender.Tell(
                    StatusReport.Of(State, _offer, owned, _deadline, _chronicle, _watches.Count, rules.Settings));
                return true;
            case OfferDeadline.Fired fired:
                if (_deadline.OnFired() is { } passed) Decide(passed, fired);
                return true;
            case Terminated dead:
                if (_watches.Died(dead.ActorRef) && !_over) Decide(new Event.Died(dead.ActorRef), dead);
                return true;
            default:
                if (TryHandleDeparture(message)) return true;
                if (Commands.Of(message, _authority, _offer) is not { } what) return false;
                OnCommand(Asked(what, message), message);
                return true;
        }
    }

    // Whether the owner may do something that moves nothing. If not, whoever asked has been told.
    public bool Permits(ISocketCommand command) =>
        Decide(Asked(Commands.UseBy(command, _authority), command), command);

    // Never to the owner in the sender's place: the command may hold another's handle.
    public void Refuse(object command, SocketResult result)
    {
        var asker = Hearer.Of(context, Sender);
        asker.Tell(Refusals.Of(_self, Hearer.MayHear(asker, command), result), _self);
    }

    // Whoever sent a command that was carried out; the owner, if nobody did.
    public IActorRef AnswerTo() =>
        Sender.IsNobody() ? State.OwnerNow() ?? context.System.DeadLetters : Sender;

    public void Reply(object answer) => AnswerTo().Tell(answer, _self);

    // The borrower of this epoch has no more use for the socket.
    public void GivenBack(Notice.GivenBack notice)
    {
        if (!IsLent || State.Epoch != notice.Epoch) return;
        Decide(new Event.Return(_authority.Claim(_authority.Handle!)), notice, Incoming.Because(notice.Why));
    }

    // The transport is over and nothing is left to read. Whoever owns the socket next is told, after the last byte.
    public void Ended(SocketResult result)
    {
        _ended ??= result;
        Settle();
    }

    // The actor stops without an end of its own, by a crash or with its system. Both sides are told all the same.
    public void Abandon(SocketResult why)
    {
        _authority.End();
        EndHolding(why);
        if (_over || _state is null) return;
        _over = true;
        AbandonDeparture(why);
        Farewell.Tell(State, _authority.Handle, _offer, why, _self);
        _offer?.End(OfferOutcome.Closed, State, by: null, why.Reason);
        if (State is State.Given given) rules.Names.Free(given.Name);
        TellFarewell(why);
        owned.Abort(why);
    }

    public void GoOnAfterRestart(ITimerScheduler timers) =>
        _deadline.GoOnAfterRestart(timers, _offer?.Share ?? rules.Settings.OfferTimeout);

    private void OnCommand(Event.Command what, object command)
    {
        var incoming = Incoming.Of(command, AnswerTo(), rules.Settings);
        if (what is Event.Reattach reattach) what = Poisoned(reattach, command, ref incoming);
        Decide(what, command, incoming);
    }

    // The table counts no attempts. What a borrower crashes on may be no poison to the lender.
    private Event.Command Poisoned(Event.Reattach reattach, object command, ref Incoming incoming)
    {
        if (rules.Deciding(id, State, reattach, command).Refusal is not null) return reattach;
        if (_reattachments.Again(owned.Positions()) is not { } poisoned) return reattach;
        incoming = Incoming.Because(poisoned.Reason);
        if (State is State.Lent) return new Event.Return(reattach.Claim);
        _poisoned = poisoned;
        return new Event.Close(reattach.Claim);
    }

    // Policy comes before every other check, and is asked once for a command.
    private Event.Command Asked(Event.Command what, object command) =>
        rules.Warrant?.Objection(command, context.Sender, State.OwnerNow(), owned) is { } objection
            ? what with { Objection = objection }
            : what;

    private bool Decide(Event what, object command, in Incoming incoming = default)
    {
        var step = rules.Deciding(id, State, what, command);
        if (step.Refusal is { } refusal)
        {
            Refuse(command, new SocketResult(refusal.Code, refusal.Reason));
            return false;
        }

        if (Limits.Unfit(command, _self, rules.Settings) is { } reason)
        {
            Refuse(command, reason);
            return false;
        }

        if (step.Actions.Count == 0) return true;
        if (_departing is { IsOver: false }) return Defer(what, command);
        if (!HoldsFirst(what, command)) Commit(step, command, incoming);
        return true;
    }

    private void Commit(Transition<IActorRef> step, object? command, in Incoming incoming)
    {
        var actions = step.Actions;
        if (actions[0] is Action.Pause)
        {
            var begun = _start.Try(incoming, _state?.OwnerNow(), step.Next, rules, owned);
            if (!begun.IsSuccess)
            {
                Refuse(command!, begun);
                return;
            }
        }

        var before = _offer;
        var ended = _chronicle.Note(_state, step.Next, actions, _deadline, rules.Settings.History);
        if (_state?.Epoch != step.Next.Epoch) _start = default;
        _state = step.Next;
        _authority.Follow(_state);
        for (var i = 0; i < actions.Count; i++) Carry(actions[i], command, incoming);
        before?.TellAsker(_state, actions, incoming.Why);
        before?.End(ended, _state, command, incoming.Why);
        if (_state is State.Held or State.Closed) _offer = null;
        Settle();
    }

    private void Carry(Action action, object? command, in Incoming incoming)
    {
        switch (action)
        {
            case Action.Watch watch: _watches.Watch(watch.Party); break;
            case Action.Unwatch unwatch: _watches.Unwatch(unwatch.Party); break;
            case Action.StartDeadline start: StartDeadline(start, incoming); break;
            case Action.StartLoan loan: _deadline.StartLoan(loan.Offer, _offer!.Release!.LoanFor!.Value); break;
            case Action.StopDeadline: _deadline.Stop(); break;
            case Action.Invite invite: _offer!.Invite(invite.Target, State.OwnerNow(), owned.Facts()); break;
            case Action.Pause: break;
            case Action.Resume: owned.Resume(); break;
            case Action.Tear: owned.Tear(isOwnerDead: command is Terminated); break;
            case Action.Withdraw gone: gone.Target.Tell(new Withdrawn(_offer!.Handle, gone.Why), _self); break;
            case Action.Admit admit: Admit(admit, command, incoming); break;
            case Action.TellReleased told: _offer!.TellReleased(told.By, isMakerAlive: true); break;
            case Action.TellReleaseFailed failed: _offer!.TellReleaseFailed(failed.Why, incoming.Why, true); break;
            case Action.TellReturned back: TellReturned(back, incoming.Why); break;
            case Action.TellLoanOver over: over.Borrower.Tell(new LoanOver(id, over.Epoch, over.Why), _self); break;
            case Action.TellClosed closed: _farewell = (closed.Owner, _authority.Handle!); break;
            case Action.FreeName free: rules.Names.Free(free.Name); break;
            case Action.Confirm: Confirm(command!); break;
            case Action.Flush: Flush(command); break;
            default: throw new InvalidOperationException($"{action}: not an action");
        }
    }

    private void StartDeadline(Action.StartDeadline start, in Incoming incoming)
    {
        if (_offer?.Handle.Number != start.Offer)
        {
            var handle = new OfferHandle(_self, id, start.Offer, Secret.Draw());
            var within = incoming.Share ?? rules.Settings.OfferTimeout;
            var asker = incoming.ReplyTo ?? ActorRefs.NoSender;
            _offer = new PendingOffer(handle, incoming.Release, State.OwnerNow(), asker, within, rules.Offers)
            {
                LenderReads = incoming.Release?.LoanFor is null ? null : owned.Reading,
            };
            OfferSpan.Begin(handle, incoming.Release, State, owned);
        }

        _deadline.Start(start.Offer, start.Turn, _offer.Share);
    }

    // An abort comes before the close, whose FIN would be faster.
    private void Flush(object? command)
    {
        if (command is Abort) owned.Abort(new SocketResult(ResultCode.EEABORTED, "aborted by its owner"));
        owned.Flush();
    }

    private void TellReturned(Action.TellReturned back, string? because)
    {
        var result = back.Why is LoanOutcome.Closed
            ? _ended!
            : new SocketResult(ResultCode.EESUCCESS, because ?? $"{back.Why}");
        _offer!.TellReturned(back.Lender, back.Why, result);
    }

    private void Admit(Action.Admit admit, object? command, in Incoming incoming)
    {
        // It is another process's, which admits its owner itself.
        if (_over || IsUsedElsewhere(admit)) return;
        // The lender of a loan that is over asks for nothing.
        var isBack = State is State.Held && _offer?.LenderReads is not null;
        var reading = isBack ? incoming.Reading ?? _offer!.LenderReads : incoming.Reading;
        var (told, start) = owned.Admit(_authority.Handle!, reading);
        if (isBack || command is not Reattach) _reattachments.BeginWith(start);
        var attachment = command is Take ? _offer?.Release?.Attachment : incoming.Attachment;
        if (attachment is not null && told is Acquired acquired) told = acquired with { Attachment = attachment };
        if (command is Take take) Reply(new Confirmed(take));
        admit.Owner.Tell(told, _self);
    }

    private void Confirm(object command)
    {
        if (command is Give give) Show(give, ((State.Given)State).Name);
        else Reply(new Confirmed(command));
    }

    private void Show(Give give, string name)
    {
        var entry = new GivenSocket(give.Name is null ? null : name, State.OwnerNow()!, owned.Facts());
        var share = IsOnHost(give) ? new HostShare(give.Attachment, _offer!.Handle.Trace?.Context) : null;
        var isAwaited = rules.Names.Show(name, new NameTable.Entry(_offer!.Handle, entry) { Share = share });
        Reply(new Given(give, name));
        if (isAwaited) rules.Names.Desk?.Tell(new NamesActor.Shown(name), _self);
    }

    private void Settle()
    {
        if (_over || _ended is not { } result) return;
        if (_state is State.Held or State.Lent)
        {
            Decide(new Event.Ended(), result);
            return;
        }

        if (_state is not State.Closed) return;
        _over = true;
        TellFarewell(result);
        owned.Over();
    }

    private void TellFarewell(SocketResult result)
    {
        if (_farewell is { } farewell) farewell.Owner.Tell(new Closed(farewell.Handle, _poisoned ?? result), _self);
        _farewell = null;
    }
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.Messages;
using Action = Handoff.Transport.Ownership.OwnershipAction<Akka.Actor.IActorRef>;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Checking;

// What is true of one socket: who holds it, how much was consumed, and which offers there were. It follows the steps
// of the ownership table; what the actors are told is held against it.
internal sealed class Book(Ledger ledger, long id)
{
    private readonly Dictionary<long, OfferBook> _offers = [];
    private readonly Dictionary<long, Admission> _admissions = [];
    private readonly List<string> _doubtful = [];
    private readonly List<LoanBook> _loans = [];
    private (Transition<IActorRef> Step, object Command)? _tentative;

    public long Id => id;

    // Of a connection.
    public Line? Line { get; set; }

    // Of a datagram socket.
    public MailBook? Mail { get; set; }

    // The loan that is on.
    public LoanBook? Loan { get; private set; }

    // One that is on, or over without anybody having been told.
    public SpliceBook? Splice { get; set; }

    // Whether a read result is open, also one that its owner's loop has not come to.
    public Func<bool> IsReadOpen { get; set; } = static () => false;

    public IActorRef? Holder { get; private set; }

    public long Epoch { get; private set; }

    public bool IsOnOffer { get; private set; }

    public bool IsClosed { get; private set; }

    public bool IsForwardable { get; private set; }

    // Who has to be told Closed, once.
    public IActorRef? LastHolder { get; private set; }

    public long LastOffer { get; private set; }

    public long Consumed { get; private set; }

    public long Written { get; set; }

    public int ClosedTold { get; set; }

    public IEnumerable<OfferBook> Offers => _offers.Values;

    public IEnumerable<Admission> Untold => _admissions.Values;

    public IReadOnlyList<LoanBook> Loans => _loans;

    public OfferBook Offer(long number)
    {
        if (!_offers.TryGetValue(number, out var offer)) _offers[number] = offer = new OfferBook(number);
        return offer;
    }

    // What the table allowed may still be refused, for a reason that it does not know: a release that finds the owner
    // busy, a reattachment that is one too many.
    public void Settle(State state)
    {
        if (_tentative is not { } tentative) return;
        _tentative = null;
        if (!ReferenceEquals(state, tentative.Step.Next)) _doubtful.Clear();
        else if (tentative.Command is Release release) Begin(tentative.Step, release);
        else Apply(tentative.Step, tentative.Command);
    }

    public void Follow(Transition<IActorRef> step, Event what, object? command)
    {
        if (what is Event.Release or Event.Reattach) _tentative = (step, command!);
        else Apply(step, command);
    }

    // The socket was made for its owner, or for whoever acquires it.
    public void Born(IActorRef owner)
    {
        Holder = owner;
        Epoch = 1;
        _admissions[1] = new Admission(owner, 0, null);
    }

    public void Born(State state)
    {
        if (state is State.Held held) Born(held.Owner);
        if (state is not State.Bequeathed { To: var offer }) return;
        Offer(offer.Number).IsForwardable = offer.Mode is OfferMode.AnyHolder;
        foreach (var target in offer.Invited) Offer(offer.Number).To(target).IsInvited = true;
    }

    public void Consume(long position)
    {
        if (position > Consumed) Consumed = position;
    }

    // An owner used the socket and it worked: it has to be the one that holds it.
    public void Used(IActorRef owner, long epoch, string how)
    {
        if (epoch != Epoch || !owner.Equals(Holder))
            ledger.Violate($"{owner.Path.Name} of epoch {epoch} {how}: {this}");
        else if (IsOnOffer)
            ledger.Violate($"{owner.Path.Name} {how} while on offer: {this}");
        else if (_tentative is { Command: Release })
            _doubtful.Add($"{owner.Path.Name} {how} while on offer: {this}");
    }

    // What a new owner is told, against what was true when it was admitted.
    public void Told(IActorRef owner, Acquired acquired)
    {
        if (_tentative is { Command: Reattach } again && again.Step.Next.Epoch == acquired.Handle.Epoch)
            Settle(again.Step.Next);
        if (!_admissions.Remove(acquired.Handle.Epoch, out var admission))
        {
            ledger.Violate($"{owner.Path.Name} was told Acquired of epoch {acquired.Handle.Epoch} twice: {this}");
            return;
        }

        if (admission.Command is { } command) ledger.Answered(command, "Acquired");
        if (admission.Loan is { LenderTold: 0 })
            ledger.Violate($"{owner.Path.Name} has its socket again, and was not told that the loan is over: {this}");
        if (!owner.Equals(admission.Owner))
            ledger.Violate($"{owner.Path.Name} acquired what {admission.Owner.Path.Name} was admitted to: {this}");
        if (acquired.Facts.Kind is not SocketKind.Listener) Told(owner, acquired, admission);
        if (admission.Offer is not { } offer) return;
        var told = offer.To(owner);
        told.Acquired++;
        if (told.Withdrawn > 0)
            ledger.Violate($"{owner.Path.Name} acquired by offer {offer.Number}, of which it was told another end");
    }

    public void CheckBytes(IActorRef owner, long position, ReadOnlyMemory<byte> bytes)
    {
        if (Pattern.Difference(Line!.ToSocket, position, bytes.Span) is { } at)
            ledger.Violate($"{owner.Path.Name} received another byte than byte {at} is: {this}");
    }

    public void CheckLetter(
        IActorRef owner, long position, MessageKind kind, ReadOnlySpan<byte> bytes, MessageFacts facts)
    {
        if (Mail!.Receive(position, kind, bytes, facts.Address) is { } wrong)
            ledger.Violate($"{owner.Path.Name} received what is wrong: {wrong}: {this}");
    }

    public void CheckLoan(TimeSpan now)
    {
        if (Loan is { } loan && loan.IsOverdue(now)) ledger.Violate($"it is {now}, and there is a {loan}: {this}");
    }

    // Where nothing broke the connection, the end comes after the last byte.
    public void CheckEnd(long position)
    {
        if (Line is { PeerFinished: true, IsBroken: false } line && position != line.PeerSent)
            ledger.Violate($"the end came after byte {position}, but {line.PeerSent} were sent: {this}");
    }

    public override string ToString() =>
        $"socket {id}, epoch {Epoch} of {Holder?.Path.Name ?? "nobody"}{(IsOnOffer ? ", on offer" : "")}"
        + $"{(IsClosed ? ", closed" : "")}";

    private void Told(IActorRef owner, Acquired acquired, Admission admission)
    {
        var consumed = admission.Consumed;
        if ((admission.Splice ?? Splice) is { } splice)
        {
            splice.Found(this, acquired.Consumed, acquired.Written);
            consumed = splice.ConsumedOf(this);
        }

        if (acquired.Consumed != consumed)
        {
            ledger.Violate($"{owner.Path.Name} begins at byte {acquired.Consumed}, but {consumed} were "
                + $"consumed by those who owned: {this}");
        }

        if (acquired.Written < admission.Written)
            ledger.Violate($"{acquired.Written} bytes written, but {admission.Written} were accepted: {this}");
        if (acquired.Written > Written) Written = acquired.Written;
    }

    private void Begin(Transition<IActorRef> step, Release release)
    {
        foreach (var doubtful in _doubtful) ledger.Violate(doubtful);
        LastOffer = step.Next.Offers;
        Offer(LastOffer).Release = release;
        ledger.Began(release, this);
        Consumed -= ledger.PushedBack(release);
        Apply(step, release);
    }

    private void Apply(Transition<IActorRef> step, object? command)
    {
        var state = step.Next;
        IsOnOffer = state is State.Offered or State.Bequeathed;
        IsForwardable = state.OfferNow()?.Mode is OfferMode.AnyHolder;
        if (IsForwardable) Offer(state.Offers).IsForwardable = true;
        foreach (var invite in step.Actions.OfType<Action.Invite>())
            Offer(invite.Offer).To(invite.Target).IsInvited = true;
        var over = LoanOver(step, command);
        // Whoever had it on loan was told that the loan is over.
        if (state is State.Closed && !IsClosed)
        {
            LastHolder = over is null or { Ended: LoanOutcome.Closed } ? Holder : null;
            ledger.HasTorn |= IsReadOpen();
        }

        IsClosed = state is State.Closed;
        if (state is State.Bequeathed) Holder = null;
        if (state is State.Lent lent) Lend(lent);
        if (state is State.Held or State.Lent) Admit(state, command, over);
    }

    private void Admit(State state, object? command, LoanBook? over)
    {
        Holder = state.OwnerNow();
        if (state.Epoch == Epoch) return;
        Epoch = state.Epoch;
        var offer = command is Acquire acquire ? Offer(acquire.Offer.Number) : null;
        if (offer is not null) Won(offer, Holder!);
        _admissions[Epoch] = new Admission(Holder!, Consumed, offer)
        {
            Written = Written,
            Command = over is null ? command : null,
            Loan = over,
            Splice = Splice,
        };
    }

    private void Lend(State.Lent lent)
    {
        if (Loan is null)
        {
            var release = Offer(lent.Offers).Release!;
            _loans.Add(Loan = new LoanBook(release, ledger.Now + release.LoanFor!.Value));
        }

        (Loan.Borrower, Loan.Lender, Loan.Epoch) = (lent.Borrower, lent.Lender, lent.Epoch);
    }

    // The loan that ends with a step.
    private LoanBook? LoanOver(Transition<IActorRef> step, object? command)
    {
        if (Loan is not { } loan || step.Next is State.Lent) return null;
        loan.By = command;
        loan.Ended = step.Next is State.Closed && step.Actions.OfType<Action.TellClosed>().Any()
            ? LoanOutcome.Closed
            : step.Actions.OfType<Action.TellLoanOver>().FirstOrDefault()?.Why ?? LoanOutcome.BorrowerDied;
        Loan = null;
        return loan;
    }

    private void Won(OfferBook offer, IActorRef winner)
    {
        offer.Winner = winner;
        if (!offer.IsForwardable && !offer.To(winner).IsInvited)
            ledger.Violate($"{winner.Path.Name} acquired by offer {offer.Number}, which was not made to it: {this}");
    }

    internal sealed record Admission(IActorRef Owner, long Consumed, OfferBook? Offer)
    {
        public long Written { get; init; }

        public object? Command { get; init; }

        // It is the lender's again.
        public LoanBook? Loan { get; init; }

        public SpliceBook? Splice { get; init; }
    }
}

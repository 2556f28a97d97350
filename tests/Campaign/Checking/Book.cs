using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Campaign.Tests.Checking;

// What is true of one socket: who holds it, how much was consumed, and which offers there were. It follows the steps
// of the ownership table; what the actors are told is held against it.
internal sealed class Book(Ledger ledger, long id)
{
    private readonly Dictionary<long, OfferBook> _offers = [];
    private readonly Dictionary<long, Admission> _admissions = [];
    private readonly List<string> _doubtful = [];
    private (Transition<IActorRef> Step, object Command)? _tentative;

    public long Id => id;

    public Line? Line { get; set; }

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

    public void Follow(Transition<IActorRef> step, object? command)
    {
        if (command is Release or Reattach && step.Next is not State.Closed) _tentative = (step, command);
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
        if (!owner.Equals(admission.Owner))
            ledger.Violate($"{owner.Path.Name} acquired what {admission.Owner.Path.Name} was admitted to: {this}");
        if (acquired.Facts.Kind is SocketKind.Connection) Told(owner, acquired, admission);
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
        if (acquired.Consumed != admission.Consumed)
        {
            ledger.Violate($"{owner.Path.Name} begins at byte {acquired.Consumed}, but {admission.Consumed} were "
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
        foreach (var invite in step.Actions.OfType<OwnershipAction<IActorRef>.Invite>())
            Offer(invite.Offer).To(invite.Target).IsInvited = true;
        if (state is State.Closed && !IsClosed) LastHolder = Holder;
        IsClosed = state is State.Closed;
        if (state is State.Bequeathed) Holder = null;
        if (state is not State.Held held) return;
        Holder = held.Owner;
        if (held.Epoch == Epoch) return;
        Epoch = held.Epoch;
        var offer = command is Acquire acquire ? Offer(acquire.Offer.Number) : null;
        if (offer is not null) Won(offer, held.Owner);
        _admissions[held.Epoch] = new Admission(held.Owner, Consumed, offer) { Written = Written, Command = command };
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
    }
}

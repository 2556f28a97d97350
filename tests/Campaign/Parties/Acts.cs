using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Campaign.Tests.Parties;

// What an owner does to its sockets, of its own will.
internal sealed class Acts(Crew crew, IActorRef self, Keepsakes keepsakes)
{
    public void Do(Act act, Holding[] holdings)
    {
        switch (act)
        {
            case Act.UseStaleHandle: UseStaleHandle(); return;
            case Act.AnswerLate: AnswerLate(); return;
        }

        if (holdings.Length == 0) return;
        var holding = holdings[crew.Below(holdings.Length)];
        switch (act)
        {
            case Act.Release: Release(holding, OfferMode.InOrder, 1); break;
            case Act.ReleaseToSeveral:
                Release(holding, crew.OneIn(2) ? OfferMode.InOrder : OfferMode.AtOnce, 3);
                break;
            case Act.ReleaseForwardable: Release(holding, OfferMode.AnyHolder, 1); break;
            case Act.Revoke: Revoke(holding); break;
            case Act.Write: Write(holding, 1 + crew.Below(crew.OneIn(4) ? 3000 : 300)); break;
            case Act.WriteUnflushed: holding.Write(1 + crew.Below(200), isFlushed: false); break;
            case Act.Consume: holding.ConsumeOne(); break;
            case Act.ChangeReading: ChangeReading(holding); break;
            case Act.GoOnReading: holding.GoOn(); break;
            case Act.SetHeir: Ask(holding.Handle, new SetHeir(holding.Handle, Perhaps())); break;
            case Act.FinishSending: FinishSending(holding); break;
            case Act.Close: holding.Handle.Socket.Tell(new Close(holding.Handle), self); break;
            case Act.Abort: Abort(holding); break;
            default: throw new ArgumentOutOfRangeException(nameof(act), act, "not an act of one socket");
        }
    }

    public void Acquire(Offered offered)
    {
        var acquire = new Acquire(offered.Offer, self) { Reading = SomeReading(), Heir = Perhaps() };
        crew.Ledger.Asked(acquire, self);
        offered.Offer.Socket.Tell(acquire, self);
    }

    public void Decline(Offered offered)
    {
        var decline = new Decline(offered.Offer, self, "not now");
        crew.Ledger.Asked(decline, self);
        crew.Ledger.Declined(self, decline);
        offered.Offer.Socket.Tell(decline, self);
    }

    public void FinishSending(Holding holding)
    {
        if (holding.IsByMessages) Ask(holding.Handle, new FinishSending(holding.Handle));
    }

    // Reads to the end, whatever it takes.
    public void Drain(Holding holding)
    {
        holding.Drain();
        if (!holding.IsByMessages || holding.IsWaiting) return;
        if (holding.SawEnd) FinishSending(holding);
        else holding.Handle.Socket.Tell(new ReadBy(holding.Handle, Reading.Active(4)), self);
    }

    private void Release(Holding holding, OfferMode mode, int most)
    {
        if (holding.IsWaiting) return;
        var targets = Enumerable.Range(0, 1 + crew.Below(most)).Select(_ => crew.Somebody()).ToArray();
        var pushedBack = crew.OneIn(2) ? 0 : crew.Below(holding.MostPushedBack + 1);
        var release = new Release(holding.Handle, mode, targets)
        {
            Within = TimeSpan.FromMilliseconds(1 + crew.Below(crew.OneIn(3) ? 50 : 3000)),
            Heir = Perhaps(),
            PushBack = holding.IsListener
                ? default
                : Pattern.Bytes(holding.Book.Line!.ToSocket, holding.Consumed - pushedBack, pushedBack),
        };
        holding.WaitFor(release);
        crew.Ledger.Asked(release, self, pushedBack);
        holding.Handle.Socket.Tell(release, self);
    }

    private void Revoke(Holding holding)
    {
        if (holding.Releasing is { } release)
            holding.Handle.Socket.Tell(new Revoke(holding.Handle, release), self);
    }

    private void Write(Holding holding, int count)
    {
        if (!holding.IsByMessages)
        {
            holding.Write(count, isFlushed: true);
            return;
        }

        if (holding.Writing is not null) return;
        var write = new Write(holding.Handle, Pattern.Bytes(holding.Book.Line!.ToPeer, holding.Position, count));
        holding.Writing = write;
        Ask(holding.Handle, write);
    }

    private void ChangeReading(Holding holding)
    {
        if (holding.IsListener || holding.IsWaiting) return;
        var reading = SomeReading();
        var change = new ReadBy(holding.Handle, reading);
        var isLease = reading == Reading.Lease;

        // From messages to messages there is no answer, and it is credit only.
        if (!holding.IsByMessages || isLease) holding.WaitFor(change);
        holding.Handle.Socket.Tell(change, self);
    }

    private void Abort(Holding holding)
    {
        if (holding.Book.Line is { } line) line.IsBroken = true;
        crew.HasTorn = true;
        holding.Handle.Socket.Tell(new Abort(holding.Handle), self);
    }

    // Each of these has to be refused, and without effect.
    private void UseStaleHandle()
    {
        if (keepsakes.Handles.Count == 0) return;
        var stale = keepsakes.Handles[crew.Below(keepsakes.Handles.Count)];
        var handle = stale.Handle;
        object command = crew.Below(stale.IsListener ? 4 : 6) switch
        {
            0 => new Release(handle, self),
            1 => new Close(handle),
            2 => new SetHeir(handle, self),
            3 => new Reattach(handle, self),
            4 => new Write(handle, new byte[10]),
            _ => new Consumed(handle, stale.Received),
        };
        Ask(handle, command);
    }

    // Its own offer, or one that was made to another.
    private void AnswerLate()
    {
        var offers = crew.OneIn(3) ? crew.Keepsakes[crew.Below(crew.Keepsakes.Count)].Offers : keepsakes.Offers;
        if (offers.Count == 0) return;
        var offered = offers[crew.Below(offers.Count)];
        if (offers != keepsakes.Offers)
            crew.Ledger.Book(offered.Offer.Id).Offer(offered.Offer.Number).IsForwarded = true;
        if (crew.OneIn(4)) Decline(offered);
        else Acquire(offered);
    }

    private void Ask(SocketHandle handle, object command)
    {
        crew.Ledger.Asked(command, self);
        handle.Socket.Tell(command, self);
    }

    private IActorRef? Perhaps() => crew.OneIn(4) ? crew.Somebody() : null;

    private Reading SomeReading() => crew.IsFinishing
        ? crew.OneIn(2) ? Reading.Lease : Reading.Active(4)
        : crew.Below(8) switch
        {
            < 4 => Reading.Lease,
            4 => Reading.Passive,
            5 => Reading.Once,
            6 => Reading.Count(3),
            _ => Reading.Active(1 + crew.Below(4)),
        };
}

using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;

namespace Handoff.Campaign.Tests.Parties;

// What an owner does to its sockets, of its own will.
internal sealed class Acts(Crew crew, IActorRef self, Keepsakes keepsakes)
{
    private readonly Releases _releases = new(crew, self);
    private readonly Splices _splices = new(crew, self);

    public void Do(Act act, Holding[] holdings)
    {
        switch (act)
        {
            case Act.UseStaleHandle: UseStaleHandle(); return;
            case Act.AnswerLate: AnswerLate(); return;
            case Act.ReleaseAll: _releases.All(holdings); return;
            case Act.Splice: _splices.Begin(holdings); return;
        }

        if (holdings.Length == 0) return;
        var holding = holdings[crew.Below(holdings.Length)];
        switch (act)
        {
            case Act.Release: _releases.One(holding); break;
            case Act.ReleaseToSeveral: _releases.ToSeveral(holding); break;
            case Act.ReleaseForwardable: _releases.Forwardable(holding); break;
            case Act.ReleaseAgain: _releases.Again(holding); break;
            case Act.Lend: _releases.Lend(holding); break;
            case Act.Revoke: _releases.Revoke(holding); break;
            case Act.Return: Return(holding); break;
            case Act.Unsplice: _splices.Unsplice(holding); break;
            case Act.Consume: holding.ConsumeOne(); break;
            case Act.ChangeReading: ChangeReading(holding); break;
            case Act.ChangeFilter: ChangeFilter(holding); break;
            case Act.GoOnReading: holding.GoOn(); break;
            case Act.SetHeir: Ask(holding.Handle, new SetHeir(holding.Handle, crew.Perhaps())); break;
            case Act.Close: holding.Handle.Socket.Tell(new Close(holding.Handle), self); break;
            case Act.Abort: Abort(holding); break;
            default: Send(act, holding); break;
        }
    }

    public void Acquire(Offered offered)
    {
        var acquire = new Acquire(offered.Offer, self) { Reading = SomeReading(), Heir = crew.Perhaps() };
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

    // Reads to the end, whatever it takes.
    public void Drain(Holding holding)
    {
        holding.Drain();
        if (holding.IsWaiting) return;
        switch (holding)
        {
            case ConnectionHolding { IsByMessages: true, SawEnd: true } ended:
                FinishSending(ended);
                break;
            case ConnectionHolding { IsByMessages: true } or DatagramHolding { IsByMessages: true }:
                holding.Handle.Socket.Tell(new ReadBy(holding.Handle, Reading.Active(4)), self);
                break;
        }
    }

    private void Send(Act act, Holding holding)
    {
        switch (act, holding)
        {
            case (Act.SendLetter, DatagramHolding datagrams):
                var places = crew.Ledger.Post.Places;
                datagrams.Send(places[crew.Below(places.Count)], crew.Below(200));
                break;
            case (Act.Write, ConnectionHolding connection):
                Write(connection, 1 + crew.Below(crew.OneIn(4) ? 3000 : 300));
                break;
            case (Act.WriteUnflushed, ConnectionHolding connection):
                connection.Write(1 + crew.Below(200), isFlushed: false);
                break;
            case (Act.FinishSending, ConnectionHolding connection):
                FinishSending(connection);
                break;
        }
    }

    private void FinishSending(ConnectionHolding holding)
    {
        if (holding.IsByMessages) Ask(holding.Handle, new FinishSending(holding.Handle));
    }

    private void Write(ConnectionHolding holding, int count)
    {
        if (!holding.IsByMessages)
        {
            holding.Write(count, isFlushed: true);
            return;
        }

        if (holding.Writing is not null || holding.Splicing is not null) return;
        var write = new Write(holding.Handle, Pattern.Bytes(holding.Book.Line!.ToPeer, holding.Position, count));
        holding.Writing = write;
        Ask(holding.Handle, write);
    }

    // Nobody but a borrower has to give anything back.
    private void Return(Holding holding)
    {
        if (holding.Book.Loan is not null || crew.OneIn(8)) Ask(holding.Handle, new Return(holding.Handle));
    }

    private void ChangeFilter(Holding holding)
    {
        if (!holding.IsListener) return;
        crew.Ledger.LeastShown = 0;
        var filter = crew.OneIn(2) ? null : crew.Filters.Wanting(1 + crew.Below(100));
        Ask(holding.Handle, new SetAcceptFilter(holding.Handle, filter));
    }

    private void ChangeReading(Holding holding)
    {
        if (holding.IsListener || holding.IsWaiting) return;
        var reading = SomeReading();
        var change = new ReadBy(holding.Handle, reading);
        var isByMessages =
            holding is ConnectionHolding { IsByMessages: true } or DatagramHolding { IsByMessages: true };

        // From messages to messages there is no answer, and it is credit only.
        if (!isByMessages || reading == Reading.Lease) holding.WaitFor(change);
        holding.Handle.Socket.Tell(change, self);
    }

    private void Abort(Holding holding)
    {
        if (holding.Book.Line is { } line) line.IsBroken = true;
        crew.Ledger.HasTorn = true;
        holding.Handle.Socket.Tell(new Abort(holding.Handle), self);
    }

    // Each of these has to be refused, and without effect.
    private void UseStaleHandle()
    {
        if (keepsakes.Handles.Count == 0) return;
        var stale = keepsakes.Handles[crew.Below(keepsakes.Handles.Count)];
        var handle = stale.Handle;
        object command = crew.Below(stale.Kind is SocketKind.Listener ? 6 : 8) switch
        {
            0 => new Release(handle, self),
            1 => new Close(handle),
            2 => new SetHeir(handle, self),
            3 => new Reattach(handle, self),
            4 => new Return(handle),
            5 => new Release(handle, self) { LoanFor = TimeSpan.FromSeconds(1) },
            6 when stale.Kind is SocketKind.Datagrams => new SendTo(handle, new byte[10], Ports.At(Ports.Acceptors)),
            6 => new Write(handle, new byte[10]),
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

    private void Ask(SocketHandle handle, object command) => crew.Ask(handle, command, self);

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

using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Campaign.Tests.Parties;

// How an owner gives its sockets away.
internal sealed class Releases(Crew crew, IActorRef self)
{
    private const int Several = 3;

    public void One(Holding holding) => Begin(holding, New(holding, OfferMode.InOrder, crew.Somebody()));

    public void Forwardable(Holding holding)
    {
        var target = crew.OneIn(2) ? crew.Router : crew.Somebody();
        Begin(holding, New(holding, OfferMode.AnyHolder, target));
    }

    public void ToSeveral(Holding holding)
    {
        var targets = Enumerable.Range(0, 1 + crew.Below(Several)).Select(_ => crew.Somebody()).ToArray();
        Begin(holding, New(holding, crew.OneIn(2) ? OfferMode.InOrder : OfferMode.AtOnce, targets));
    }

    // What an owner crashes on or keeps open may be torn when the loan is over.
    public void Lend(Holding holding)
    {
        crew.Ledger.HasTorn = true;
        var time = TimeSpan.FromMilliseconds(1 + crew.Below(1500));
        Begin(holding, New(holding, OfferMode.InOrder, time, crew.Somebody()));
    }

    // While the first one is on offer this has to be refused; it may be over, too, and then this is the next one.
    public void Again(Holding holding)
    {
        if (!holding.MayReleaseAgain) return;
        var release = new Release(holding.Handle, crew.Somebody()) { Within = Within() };
        holding.WaitForNext(release);
        crew.Ask(holding.Handle, release, self);
    }

    public void All(IEnumerable<Holding> holdings)
    {
        Holding[] all = [.. holdings.Where(holding => !holding.IsWaiting)];
        if (all.Length == 0) return;
        var isRouted = crew.OneIn(2);
        var release = new ReleaseAll(
            [.. all.Select(holding => holding.Handle)],
            isRouted ? OfferMode.AnyHolder : OfferMode.InOrder,
            isRouted ? crew.Router : crew.Somebody())
        {
            Within = Within(),
            Attachment = new object(),
        };
        foreach (var holding in all) holding.WaitFor(release);
        crew.Ledger.Asked(release, self);
        crew.Sockets.Tell(release, self);
    }

    public void Revoke(Holding holding)
    {
        if (holding.Releasing is { } release)
            holding.Handle.Socket.Tell(new Revoke(holding.Handle, release), self);
    }

    private Release New(Holding holding, OfferMode mode, params IReadOnlyList<IActorRef> targets) =>
        New(holding, mode, null, targets);

    private Release New(
        Holding holding, OfferMode mode, TimeSpan? loan, params IReadOnlyList<IActorRef> targets)
    {
        var pushedBack = holding is ConnectionHolding { IsWaiting: false } connection && crew.OneIn(2)
            ? Pushed(connection)
            : default;
        return new Release(holding.Handle, mode, targets)
        {
            Within = Within(),
            Heir = crew.Perhaps(),
            LoanFor = loan,
            PushBack = pushedBack,
        };
    }

    private byte[] Pushed(ConnectionHolding holding)
    {
        var count = crew.Below(holding.MostPushedBack + 1);
        return Pattern.Bytes(holding.Book.Line!.ToSocket, holding.Consumed - count, count);
    }

    private void Begin(Holding holding, Release release)
    {
        if (holding.IsWaiting) return;
        holding.WaitFor(release);
        crew.Ledger.Asked(release, self, release.PushBack.Length);
        holding.Handle.Socket.Tell(release, self);
    }

    private TimeSpan Within() => TimeSpan.FromMilliseconds(1 + crew.Below(crew.OneIn(3) ? 50 : 3000));
}

using System.Diagnostics;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tracing;

public sealed class OfferSpanTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task A_release_is_a_part_of_what_its_maker_was_doing_and_tells_who_has_the_socket()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var spans = new Spans();
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        using (var consent = new Activity("consent").SetParentId(ActivityTraceId.CreateRandom(), default).Start())
        {
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
            target.ExpectMsg<Acquired>();
            var span = await spans.WhenEndedAsync(Patience);
            Assert.Equal(consent.Context, Assert.Single(span.Links).Context);
            Assert.Equal(("handoff.offer", ActivityKind.Producer), (span.OperationName, span.Kind));
            Assert.Equal(spans.UnderWay.SpanId, span.ParentSpanId);
            Assert.Equal(span.Context, offered.Trace);
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
            Assert.Equal(
                (Sys.Name, first.Handle.Id, "connection", "tcp", 1L, offered.Offer.Number, "in_order"),
                (Tag(span, "handoff.system"), Tag(span, "handoff.socket.id"), Tag(span, "handoff.socket.kind"),
                    Tag(span, "handoff.transport"), Tag(span, "handoff.epoch"), Tag(span, "handoff.offer.number"),
                    Tag(span, "handoff.offer.mode")));
            Assert.Equal(PathOf(owner), Tag(span, "handoff.owner"));
            Assert.Equal([PathOf(target)], (string[])Tag(span, "handoff.targets")!);
            Assert.Equal(PathOf(target), Tag(span, "handoff.acquirer"));
            Assert.Equal(("acquired", "EESUCCESS"), (Tag(span, "handoff.outcome"), Tag(span, "handoff.code")));
        }
    }

    [Fact]
    public async Task An_offer_that_goes_back_is_an_error_that_says_why()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var spans = new Spans();
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "full house"), target);
        var span = await spans.WhenEndedAsync(Patience);
        Assert.Equal((ActivityStatusCode.Error, "full house"), (span.Status, span.StatusDescription));
        Assert.Equal(
            ("declined", "EESOCKNOTRLSD", "declined", null),
            (Tag(span, "handoff.outcome"), Tag(span, "handoff.code"), Tag(span, "error.type"),
                Tag(span, "handoff.acquirer")));
    }

    [Fact]
    public async Task What_was_under_way_where_the_command_was_made_counts_and_not_where_it_is_told()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var spans = new Spans();
        var release = new Release(first.Handle, target);
        using (new Activity("another").SetParentId(ActivityTraceId.CreateRandom(), default).Start())
            first.Handle.Socket.Tell(release, owner);
        Take(target);
        Assert.Equal(spans.UnderWay.SpanId, (await spans.WhenEndedAsync(Patience)).ParentSpanId);
    }

    [Fact]
    public async Task A_loan_a_give_and_a_release_of_all_are_offers_of_their_makers_too()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var spans = new Spans();
        var loan = new Release(first.Handle, target) { LoanFor = TimeSpan.FromMinutes(1) };
        first.Handle.Socket.Tell(loan, owner);
        var lent = Take(target);
        owner.ExpectMsg<Released>();
        target.Tell(PoisonPill.Instance);
        owner.ExpectMsg<Returned>();
        var back = owner.ExpectMsg<Acquired>();

        var taker = CreateTestProbe();
        back.Handle.Socket.Tell(new Give(back.Handle, "span"), owner);
        owner.ExpectMsg<Given>();
        Handoff.Sockets.Tell(new Get("span", taker), taker);
        var got = taker.ExpectMsg<Acquired>();

        var last = CreateTestProbe();
        Handoff.Sockets.Tell(new ReleaseAll([got.Handle], last), taker);
        Take(last);

        var all = await spans.WhenEndedAsync(3, Patience);
        Assert.Equal(["in_order", "name", "in_order"], all.Select(span => Tag(span, "handoff.offer.mode")));
        Assert.Equal([60.0, null, null], all.Select(span => Tag(span, "handoff.loan")));
        Assert.All(all, span => Assert.Equal(spans.UnderWay.SpanId, span.ParentSpanId));
        Assert.Equal(spans.UnderWay.Context, Assert.Single(all[1].Links).Context);
        Assert.NotEqual(lent.Handle.Epoch, got.Handle.Epoch);
    }

    [Fact]
    public async Task Offers_that_nobody_chose_to_make_are_roots_and_have_spans_too()
    {
        using var spans = new Spans();
        var (listener, owner, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        using var peer = await ConnectAsync(Listen(listener, owner));
        var accepted = owner.ExpectMsg<Offered>();
        accepted.Offer.Socket.Tell(new Acquire(accepted.Offer, owner) { Heir = heir }, owner);
        var acquired = owner.ExpectMsg<Acquired>();
        Assert.Equal(default, (await spans.WhenEndedAsync(accepted.Trace!.Value, Patience)).ParentSpanId);

        owner.Tell(PoisonPill.Instance);
        var inherited = heir.ExpectMsg<Offered>();
        inherited.Offer.Socket.Tell(new Decline(inherited.Offer, heir, "no"), heir);
        var span = await spans.WhenEndedAsync(inherited.Trace!.Value, Patience);
        Assert.Equal((default, "declined"), (span.ParentSpanId, Tag(span, "handoff.outcome")));
        Assert.Equal([PathOf(heir)], (string[])Tag(span, "handoff.targets")!);
        Assert.Equal((null, acquired.Handle.Id), (Tag(span, "handoff.owner"), Tag(span, "handoff.socket.id")));
    }

    [Fact]
    public async Task A_socket_whose_actor_is_stopped_ends_the_span_of_its_offer()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var spans = new Spans();
        Release(owner, first.Handle, target);
        target.ExpectMsg<Offered>();
        Sys.Stop(first.Handle.Socket);
        Assert.Equal("closed", Tag(await spans.WhenEndedAsync(Patience), "handoff.outcome"));
    }

    private static string PathOf(Akka.TestKit.TestProbe probe) => probe.Ref.Path.ToStringWithoutAddress();

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);
}

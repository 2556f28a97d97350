using System.Diagnostics;
using Handoff.Actors.Tests.Names;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tracing;

public sealed class ArrivalSpanTests(ITestOutputHelper output) : HostNameTestKit(output)
{
    [Fact]
    public async Task What_another_process_is_offered_goes_on_in_the_trace_of_the_offer()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var to = Peer("login", service);
        using var spans = new Spans();
        Release(owner, first.Handle, to);
        var offered = service.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        service.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();

        var (offer, arrival) = await BothAsync(spans);
        Assert.Equal((offer.SpanId, true), (arrival.ParentSpanId, arrival.HasRemoteParent));
        Assert.Equal((ActivityKind.Consumer, arrival.Context), (arrival.Kind, offered.Trace));
        Assert.Equal(("EESUCCESS", "EESUCCESS"), (Code(offer), Code(arrival)));
        Assert.Equal(service.Ref.Path.ToStringWithoutAddress(), arrival.GetTagItem("handoff.acquirer"));
        Assert.Equal(to.Path.ToStringWithoutAddress(), offer.GetTagItem("handoff.acquirer"));
    }

    [Fact]
    public async Task What_the_service_declines_is_an_error_on_both_sides()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var to = Peer("login", service);
        using var spans = new Spans();
        var release = Release(owner, first.Handle, to);
        var offered = service.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, service, "full house"), service);
        Assert.Contains("full house", Reverted(owner, release));

        var (offer, arrival) = await BothAsync(spans);
        Assert.Equal((ActivityStatusCode.Error, ActivityStatusCode.Error), (offer.Status, arrival.Status));
        Assert.Contains("full house", arrival.StatusDescription);
        Assert.Equal("EESOCKNOTRLSD", arrival.GetTagItem("error.type"));
    }

    [Fact]
    public async Task What_is_got_by_its_name_goes_on_in_the_trace_of_the_give_and_is_linked_to_the_get()
    {
        var (giver, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        using var spans = new Spans();
        Give(giver, first.Handle, "trace");
        Got(Other.Sockets, taker, "trace");
        giver.ExpectMsg<Released>();

        var (offer, arrival) = await BothAsync(spans);
        Assert.Equal(offer.SpanId, arrival.ParentSpanId);
        Assert.Equal(spans.UnderWay.Context, Assert.Single(arrival.Links).Context);
        Assert.Equal("EESUCCESS", Code(arrival));
    }

    private static async Task<(Activity Offer, Activity Arrival)> BothAsync(Spans spans)
    {
        var both = await spans.WhenEndedAsync(2, Patience);
        return (both.Single(span => span.OperationName == "handoff.offer"),
            both.Single(span => span.OperationName == "handoff.arrival"));
    }

    private static object? Code(Activity span) => span.GetTagItem("handoff.code");
}

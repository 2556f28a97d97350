using System.Diagnostics;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tracing;

[Collection(nameof(Alone))]
public sealed class UnheardTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private const int Times = 1_000;
    private const int Rounds = 3;

    [Fact]
    public void Where_nobody_listens_the_points_of_an_offer_allocate_nothing()
    {
        using var underWay = new Activity("test").Start();
        var result = SocketResult.Of(ResultCode.EEBUSY);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Times; i++)
            {
                // It does not even look at what it is told.
                OfferSpan.Begin(null!, null, null!, null!);
                OfferMeter.End(TestActor, OfferOutcome.Acquired, OfferMeter.Begin(TestActor));
                Refusals.Count(TestActor, result);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task An_offer_that_is_not_sampled_passes_on_what_it_would_be_a_part_of_and_does_not_end_it()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var underWay = new Activity("test").Start();
        Release(owner, first.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Assert.Equal(underWay.Context, offered.Trace);
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        Assert.False(underWay.IsStopped);
        Assert.Equal(ActivityStatusCode.Unset, underWay.Status);
    }

    [Fact]
    public async Task Where_nobody_listens_an_offer_has_no_trace()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var underWay = new Activity("test").Start();
        Assert.Null(Release(owner, first.Handle, target).MadeIn);
        Assert.Null(target.ExpectMsg<Offered>().Trace);
    }
}

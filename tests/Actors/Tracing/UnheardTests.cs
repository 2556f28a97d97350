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
                Assert.Null(OfferSpan.Begin(null!, null, null!, null!));
                OfferMeter.End(TestActor, OfferOutcome.Acquired, OfferMeter.Begin(TestActor));
                Refusals.Count(TestActor, result);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
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

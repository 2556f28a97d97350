using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class DeadlineToProcessTests(ITestOutputHelper output) : ProcessTestKit(output, virtualTime: true)
{
    [Fact]
    public async Task An_offer_that_the_service_does_not_answer_reverts_at_its_deadline()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        Time.Advance(Handoff.Settings.OfferTimeout);
        Reverted(owner, release);
        Assert.Equal(offered.Offer, service.ExpectMsg<Withdrawn>().Offer);
    }
}

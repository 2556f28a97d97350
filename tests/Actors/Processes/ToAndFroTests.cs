using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

[Collection(nameof(Alone))]
public sealed class ToAndFroTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    [Fact]
    public async Task A_connection_goes_to_and_fro_and_no_descriptor_stays_behind()
    {
        const int Rounds = 25;
        var (here, there) = (CreateTestProbe(), Other.CreateTestProbe());
        var (held, peer) = await OwnAsync(here);
        using var _ = peer;
        var away = Peer("there", there);
        var home = Home("here", here);
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await peer.SendAsync("ab");
            Assert.Equal("a", await held.Lease.ReadTextAsync(1));
            Release(here, held.Handle, away);
            var gone = Take(there);
            here.ExpectMsg<Released>();
            Assert.Equal("b", await gone.Lease.ReadTextAsync(1));
            Release(there, gone.Handle, home);
            held = Take(here);
            there.ExpectMsg<Released>();
            Assert.Equal(2L * (round + 1), held.Consumed);
            if (round == 0) before = OpenSockets.Count();
        }

        AwaitCondition(() => OpenSockets.Count() <= before, Patience);
    }
}

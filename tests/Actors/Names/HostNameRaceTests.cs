using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// Whoever asks at the same time, here and there, while its giver takes it back or dies: one has it or none, each is
// told once, and no byte is missing.
public sealed class HostNameRaceTests : HostNameTestKit
{
    private const int Rounds = 60;
    private const int MostYields = 400;

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("HANDOFF_TEST_SEED"), out var seed)
        ? seed
        : Environment.TickCount;

    private readonly Random _random;

    public HostNameRaceTests(ITestOutputHelper output)
        : base(output)
    {
        output.WriteLine($"HANDOFF_TEST_SEED={_seed}");
        _random = new Random(_seed);
    }

    [Fact]
    public async Task One_of_those_who_ask_has_it_whatever_its_giver_does_meanwhile()
    {
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                await PlayAsync($"n{round}");
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {_seed}, round {round}: {failure.Message}", failure);
            }
        }
    }

    private async Task PlayAsync(string name)
    {
        var giver = CreateTestProbe();
        var (held, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("unread");
        var give = Give(giver, held.Handle, name).Give;
        var isRevoked = _random.Next(3) == 0;
        TestProbe[] takers = [CreateTestProbe(), Other.CreateTestProbe(), Other.CreateTestProbe()];
        var acts = new List<Action>
        {
            () => Ask(Handoff, takers[0], name),
            () => Ask(Other.Sockets, takers[1], name),
            () => Ask(Other.Sockets, takers[2], name),
        };
        if (isRevoked) acts.Add(() => held.Handle.Socket.Tell(new Revoke(held.Handle, give), giver));
        var order = acts.ToArray();
        _random.Shuffle(order);
        foreach (var act in order)
        {
            act();
            for (var i = _random.Next(MostYields); i > 0; i--) await Task.Yield();
        }

        var answers = takers.Select(taker => taker.ExpectMsg<object>()).ToArray();
        Assert.All(answers.OfType<Refused>(), refused => Assert.Equal(
            ResultCode.EENAMENOTFOUND, refused.Result.Code));
        var winner = answers.OfType<Acquired>().SingleOrDefault();
        var outcome = giver.FishForMessage(message => message is Released or ReleaseFailed);
        Assert.Equal(winner is not null, outcome is Released);
        Assert.True(winner is not null || isRevoked, "nobody has it, though nobody took it back");
        var owned = winner ?? held;
        Assert.Equal("unread", await owned.Lease.ReadTextAsync(6));
        await owned.Lease.WriteAsync("x");
        Assert.Equal("x", await peer.ReceiveTextAsync(1));
        owned.Handle.Socket.Tell(new Abort(owned.Handle));
    }
}

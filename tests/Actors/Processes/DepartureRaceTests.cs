using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Whatever happens while a connection is on its way, one of the two processes has it, each side is told once, and no
// byte is missing.
public sealed class DepartureRaceTests : ProcessTestKit
{
    private const int Rounds = 120;
    private const int MostYields = 400;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("HANDOFF_TEST_SEED"), out var seed)
        ? seed
        : Environment.TickCount;

    private readonly Random _random;
    private readonly TestProbe _service;
    private readonly IActorRef _peer;

    public DepartureRaceTests(ITestOutputHelper output)
        : base(output)
    {
        output.WriteLine($"HANDOFF_TEST_SEED={_seed}");
        _random = new Random(_seed);
        _service = Other.CreateTestProbe();
        _peer = Peer("service", Other.Sys.ActorOf(Answerer.Props(_service)));
    }

    private enum Disturbance
    {
        None,
        Revoke,
        Close,
        OwnerStops,
        PeerSends,
        PeerFinishes,
    }

    [Fact]
    public async Task One_process_has_the_connection_and_each_side_is_told_once_whatever_disturbs_it()
    {
        for (var round = 0; round < Rounds; round++)
        {
            try
            {
                await PlayAsync();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {_seed}, round {round}: {failure.Message}", failure);
            }
        }
    }

    private async Task PlayAsync()
    {
        var owner = CreateTestProbe();
        var (held, peer) = await OwnAsync(owner);
        using var _ = peer;
        var disturbance = (Disturbance)_random.Next(Enum.GetValues<Disturbance>().Length);
        var answer = _random.Next(4) == 0 ? "decline" : "acquire";
        var unread = new string('u', _random.Next(1, 40_000));
        await peer.SendAsync(unread);
        await held.Lease.WriteAsync("w");
        var release = new Release(held.Handle, _peer) { Attachment = answer };
        held.Handle.Socket.Tell(release, owner);
        for (var i = _random.Next(MostYields); i > 0; i--) await Task.Yield();
        var sent = unread.Length + await DisturbAsync(disturbance, owner, held, peer, release);
        if (disturbance is Disturbance.OwnerStops)
        {
            await CheckOrphanAsync(sent, peer);
            return;
        }

        switch (owner.FishForMessage(message => message is Released or ReleaseFailed))
        {
            case Released:
                await CheckAsync(Moved(peer), sent, peer, hasMoved: true);
                break;
            case ReleaseFailed when disturbance is Disturbance.Close:
                Assert.Equal("w", System.Text.Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
                break;
            default:
                await CheckAsync(held, sent, peer, hasMoved: false);
                break;
        }

        while (owner.HasMessages)
            Assert.False(owner.ReceiveOne(TimeSpan.Zero) is Released or ReleaseFailed, "told twice");
    }

    // How many bytes more are to be read.
    private static async Task<int> DisturbAsync(
        Disturbance how, TestProbe owner, Acquired held, TestPeer peer, Release release)
    {
        switch (how)
        {
            case Disturbance.Revoke:
                held.Handle.Socket.Tell(new Revoke(held.Handle, release), owner);
                return 0;
            case Disturbance.Close:
                held.Handle.Socket.Tell(new Close(held.Handle), owner);
                return 0;
            case Disturbance.OwnerStops:
                owner.Tell(PoisonPill.Instance);
                return 0;
            case Disturbance.PeerSends:
                await peer.SendAsync("more");
                return 4;
            case Disturbance.PeerFinishes:
                peer.FinishSending();
                return 0;
            default:
                return 0;
        }
    }

    private Acquired Moved(TestPeer peer) => (Acquired)_service.FishForMessage(message => IsOf(message, peer));

    private static bool IsOf(object message, TestPeer peer) =>
        message is Acquired acquired && peer.Socket.LocalEndPoint!.Equals(acquired.Facts.Remote);

    private static async Task CheckAsync(Acquired held, int unread, TestPeer peer, bool hasMoved)
    {
        Assert.Equal(hasMoved, held.Handle.Epoch == 1 && held.Attachment is not null);
        Assert.Equal((0L, 1L), (held.Consumed, hasMoved ? held.Written : 1));
        await held.Lease.ReadAsync(unread);
        await held.Lease.WriteAsync("x");
        Assert.Equal("wx", await peer.ReceiveTextAsync(2));
        held.Handle.Socket.Tell(new Abort(held.Handle));
    }

    // The service may have had it before its owner stopped, or never.
    private async Task CheckOrphanAsync(int unread, TestPeer peer)
    {
        var first = await peer.ReceiveTextAsync(1);
        Assert.Equal("w", first);
        var ending = peer.ReceiveToEndAsync();
        while (!ending.IsCompleted)
        {
            var next = _service.ReceiveOne(Moment);
            if (next is null || !IsOf(next, peer)) continue;
            var moved = (Acquired)next;
            await moved.Lease.ReadAsync(unread);
            moved.Handle.Socket.Tell(new Close(moved.Handle));
        }

        Assert.Empty(await ending);
    }
}

using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

// One peer numbers its messages; owners release, revert, crash and die meanwhile, and read by lease or by messages.
public sealed class DatagramTrafficTests(ITestOutputHelper output) : DatagramTestKit(output)
{
    private const int Many = 1500;

    // No more under way than the system holds for sure.
    private const int Window = 32;

    private int _consumed;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Messages_arrive_once_each_and_in_order_whoever_owns_the_socket(int seed)
    {
        Output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var owner = CreateTestProbe();
        var mine = Bind(owner);
        using var peer = Peer();
        var sending = SendAllAsync(peer, mine);
        var (handoffs, deaths) = (0, 0);
        while (_consumed < Many)
        {
            await ConsumeSomeAsync(random, owner, mine);
            switch (random.Next(5))
            {
                case 0:
                    (owner, mine) = Handed(owner, mine, Reading(random));
                    handoffs++;
                    break;
                case 1:
                    Reverted(random, owner, mine);
                    break;
                case 2:
                    await LeaveOpenAsync(mine);
                    mine.Handle.Socket.Tell(new Reattach(mine.Handle, owner), owner);
                    mine = owner.FishForMessage<Acquired>(told => told.Handle.Epoch > mine.Handle.Epoch);
                    break;
                case 3:
                    await LeaveOpenAsync(mine);
                    (owner, mine) = Inherited(owner, mine, Reading(random));
                    deaths++;
                    break;
            }
        }

        await sending;
        AwaitUnread(mine, 0);
        Assert.True(handoffs > 3 && deaths > 3, $"{handoffs} handoffs, {deaths} deaths");
    }

    // Reads some, and consumes all of them but perhaps the last.
    private async Task ConsumeSomeAsync(Random random, TestProbe owner, Acquired mine)
    {
        for (var left = random.Next(1, 40); left > 0 && _consumed < Many; left--)
        {
            if (mine.Messages is { } lease)
            {
                Assert.Equal(Numbered(_consumed), await TakeAsync(lease));
            }
            else
            {
                var received = owner.FishForMessage<ReceivedFrom>(
                    told => told.Handle == mine.Handle && told.Position == _consumed);
                Assert.Equal(Numbered(_consumed), Text(received));
                mine.Handle.Socket.Tell(new Consumed(mine.Handle, received.End), owner);
            }

            Interlocked.Increment(ref _consumed);
        }
    }

    private async Task LeaveOpenAsync(Acquired mine)
    {
        if (mine.Messages is not { } lease || _consumed == Many) return;
        Assert.Equal(Numbered(_consumed), Encoding.ASCII.GetString((await ReadAsync(lease)).Bytes.Span));
    }

    private (TestProbe, Acquired) Handed(TestProbe owner, Acquired mine, Reading reading)
    {
        var target = CreateTestProbe();
        Release(owner, mine.Handle, target);
        return (target, Take(target, reading));
    }

    private void Reverted(Random random, TestProbe owner, Acquired mine)
    {
        var target = CreateTestProbe();
        var release = Release(owner, mine.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        switch (random.Next(4))
        {
            case 0: Time.Advance(offered.Within); break;
            case 1: Sys.Stop(target); break;
            case 2: mine.Handle.Socket.Tell(new Revoke(mine.Handle, release), owner); break;
            default: offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target); break;
        }

        var failed = owner.FishForMessage<ReleaseFailed>(told => told.Release == release);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, failed.Result.Code);
    }

    private (TestProbe, Acquired) Inherited(TestProbe owner, Acquired mine, Reading reading)
    {
        var heir = CreateTestProbe();
        mine.Handle.Socket.Tell(new SetHeir(mine.Handle, heir), owner);
        owner.FishForMessage<Confirmed>(_ => true);
        Sys.Stop(owner);
        return (heir, Take(heir, reading));
    }

    private async Task SendAllAsync(Socket peer, Acquired to)
    {
        for (var i = 0; i < Many; i++)
        {
            while (i - Volatile.Read(ref _consumed) >= Window) await Task.Yield();
            await peer.SendToAsync(Encoding.ASCII.GetBytes(Numbered(i)), SocketFlags.None, to.Facts.Local!);
        }
    }

    private static Reading Reading(Random random) =>
        random.Next(2) == 0 ? Messages.Reading.Lease : Messages.Reading.Active(random.Next(1, 8));

    private static string Numbered(int number) => $"message {number}";
}

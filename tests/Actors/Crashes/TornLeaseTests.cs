using System.Buffers;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Crashes;

// All connections of the process share one pool of blocks; what a torn lease still shows is never one of them.
public sealed class TornLeaseTests(ITestOutputHelper output) : SocketTestKit(output)
{
    private const int Neighbours = 4;
    private const int Half = 50_000;
    private const int Length = 2 * Half;

    [Theory]
    [InlineData("reattach")]
    [InlineData("death")]
    public async Task A_result_of_a_torn_lease_never_shows_another_clients_bytes(string end)
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, heir), owner);
        owner.ExpectMsg<Confirmed>();
        var pattern = new byte[Length];
        for (var i = 0; i < Length; i++) pattern[i] = (byte)(i % 199);
        await peer.SendAsync(pattern);
        var open = await acquired.Lease!.Input.ReadAtLeastAsync(Length);
        var stale = acquired.Lease.Output.GetMemory();
        stale.Span.Fill(250);
        var next = end == "reattach" ? Reattach(owner, acquired.Handle) : Inherit(owner, heir);

        // What the next owner has consumed goes back to the pool, and to whoever comes first.
        Assert.Equal(pattern[..Half], await next.Lease.ReadAsync(Half));
        var neighbours = new List<(Acquired Acquired, TestPeer Peer)>();
        for (var i = 0; i < Neighbours; i++) neighbours.Add(await OwnAsync(CreateTestProbe()));
        for (var round = 0; round < 50; round++)
        {
            var fill = (byte)(200 + (round % 40));
            await Task.WhenAll(neighbours.Select(each => FillAsync(each.Acquired, each.Peer, fill, stale)));
            Assert.True(open.Buffer.ToArray().AsSpan().SequenceEqual(pattern), $"round {round}");
        }

        Assert.Equal(pattern[Half..], await next.Lease.ReadAsync(Half));
        foreach (var neighbour in neighbours) neighbour.Peer.Dispose();
    }

    private Acquired Inherit(TestProbe owner, TestProbe heir)
    {
        Sys.Stop(owner);
        return Take(heir);
    }

    // Both ways, through the queues of a connection that has nothing to do with the torn one.
    private static async Task FillAsync(Acquired acquired, TestPeer peer, byte fill, Memory<byte> stale)
    {
        var bytes = Enumerable.Repeat(fill, Length).ToArray();
        await peer.SendAsync(bytes);
        var read = await acquired.Lease.ReadAsync(Length);
        Assert.Equal(bytes, read);
        await acquired.Lease!.Output.WriteAsync(read);
        stale.Span.Fill(250);
        Assert.Equal(bytes, await peer.ReceiveAsync(Length));
    }
}

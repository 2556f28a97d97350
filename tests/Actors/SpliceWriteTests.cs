using System.IO.Pipelines;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class SpliceWriteTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task A_write_after_a_splice_that_a_close_cuts_short_is_refused_though_the_splice_has_written()
    {
        var options = new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline) { SendBuffer = 1 };
        var network = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize: 16);
        Handoff.AddTransport(new MemoryTransport(network, options));
        using var listener = network.Listen(new MemoryEndPoint("peer"), 1).Socket!;
        var owner = CreateTestProbe();
        Handoff.Sockets.Tell(
            new Connect(new MemoryEndPoint("peer"), owner) { Transport = "memory", Reading = Reading.Passive }, owner);
        var far = owner.ExpectMsg<Acquired>().Handle;
        using var peer = (await listener.AcceptAsync(CancellationToken.None)).Socket!;
        var (near, client) = await OwnAsync(owner);
        using var _ = client;
        near.Handle.Socket.Tell(new Splice(near.Handle, far), owner);
        owner.ExpectMsg<Confirmed>();
        await client.SendAsync("spliced");
        var buffer = new byte[64 * 1024];
        for (var spliced = 0; spliced < 7;) spliced += (await peer.ReceiveAsync(buffer)).Bytes;
        near.Handle.Socket.Tell(new Unsplice(near.Handle), owner);
        Assert.Equal(7, owner.ExpectMsg<SpliceEnded>().There);
        owner.ExpectMsg<Confirmed>();
        var write = new Write(far, new byte[options.Blocks.LargeBlockSize + 1]);
        far.Socket.Tell(write, owner);
        far.Socket.Tell(new Close(far), owner);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Equal((write, ResultCode.EEBADF), (refused.Command, refused.Result.Code));
    }
}

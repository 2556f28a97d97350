using System.IO.Pipelines;
using System.Net.Sockets;
using Handoff.Messages;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class OwedEndTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_confirmed_behind_a_waiting_write_goes_out_though_its_owner_reattaches(bool byLease)
    {
        var options = new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline) { SendBuffer = 1 };
        var network = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize: 16);
        Handoff.AddTransport(new MemoryTransport(network, options));
        using var listener = network.Listen(new MemoryEndPoint("peer"), 1).Socket!;
        var owner = CreateTestProbe();
        Handoff.Sockets.Tell(
            new Connect(new MemoryEndPoint("peer"), owner) { Transport = "memory", Reading = Reading.Passive }, owner);
        var handle = owner.ExpectMsg<Acquired>().Handle;
        using var peer = (await listener.AcceptAsync(CancellationToken.None)).Socket!;
        handle.Socket.Tell(new Write(handle, new byte[options.Blocks.LargeBlockSize + 1]), owner);
        var finish = new Shutdown(handle, SocketShutdown.Send);
        handle.Socket.Tell(finish, owner);
        Assert.Same(finish, owner.ExpectMsg<Confirmed>().Command);
        handle.Socket.Tell(
            new Reattach(handle, owner) { Reading = byLease ? Reading.Lease : Reading.Passive }, owner);
        var again = owner.FishForMessage<Acquired>(message => message is Acquired, Patience);
        var (received, buffer) = (0, new byte[64 * 1024]);
        while (await Next() is > 0 and var bytes) received += bytes;
        Assert.Equal(options.Blocks.LargeBlockSize, received);
        Assert.Equal("Held", StatusOf(CreateTestProbe(), again.Handle.Socket).State);

        async Task<int> Next() => (await peer.ReceiveAsync(buffer).AsTask().WaitAsync(Patience)).Bytes;
    }
}

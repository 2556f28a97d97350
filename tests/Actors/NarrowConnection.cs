using System.IO.Pipelines;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;

namespace Handoff.Actors.Tests;

// A connection in memory that takes a few bytes at a time, so that a Write of more than its block waits for room; its
// owner reads by messages and gives no credit.
internal sealed record NarrowConnection(SocketHandle Handle, IStreamSocket Peer, ConnectionOptions Options)
    : IDisposable
{
    // What a Write is accepted of at once.
    public int Block => Options.Blocks.LargeBlockSize;

    public static async Task<NarrowConnection> OpenAsync(HandoffExtension handoff, TestProbe owner)
    {
        var options = new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline) { SendBuffer = 1 };
        var network = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize: 16);
        handoff.AddTransport(new MemoryTransport(network, options));
        using var listener = network.Listen(new MemoryEndPoint("peer"), 1).Socket!;
        handoff.Sockets.Tell(
            new Connect(new MemoryEndPoint("peer"), owner) { Transport = "memory", Reading = Reading.Passive }, owner);
        var handle = owner.ExpectMsg<Acquired>().Handle;
        return new(handle, (await listener.AcceptAsync(CancellationToken.None)).Socket!, options);
    }

    public void Dispose() => Peer.Dispose();
}

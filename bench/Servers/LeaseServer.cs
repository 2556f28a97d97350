using System.Buffers;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Bench.Servers;

// One actor owns every connection, and a loop of each echoes through its lease.
internal sealed class LeaseServer(OpenConnections open) : UntypedActor
{
    public static Task<IServer> StartAsync(BenchSystem config) =>
        OwnServer.StartAsync(config, open => Props.Create(() => new LeaseServer(open)));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self), Self);
                break;
            case Acquired acquired:
                open.Opened();
                EchoAsync(acquired.Lease!).PipeTo(Self, success: () => new Echoed(acquired.Handle));
                break;
            case Echoed echoed:
                echoed.Handle.Socket.Tell(new Close(echoed.Handle), Self);
                break;
            case Closed:
                open.Closed();
                break;

            // The connection was over before it was closed or acquired.
            case Refused { Command: Close or Acquire }:
                break;
            default:
                throw new BenchFailedException($"The owner was told {message}");
        }
    }

    private static async Task EchoAsync(SocketLease lease)
    {
        try
        {
            while (true)
            {
                var read = await lease.Input.ReadAsync();
                foreach (var part in read.Buffer) lease.Output.Write(part.Span);
                var flushed = await lease.CommitAsync(read.Buffer.End, read.Buffer.End);
                if (read.IsCompleted || flushed.IsCompleted) return;
            }
        }
        catch (SocketFailedException)
        {
            // A client that is gone ends its connection and nothing else.
        }
    }

    private sealed record Echoed(SocketHandle Handle);
}

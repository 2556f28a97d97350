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

    // Each ends with its connection and keeps what it throws to itself.
    private Task Last { get; set; } = Task.CompletedTask;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self), Self);
                break;
            case Acquired acquired:
                open.Opened();
                Last = EchoAsync(acquired.Lease!, acquired.Handle, Self);
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

    private static async Task EchoAsync(SocketLease lease, SocketHandle handle, IActorRef owner)
    {
        try
        {
            while (true)
            {
                var read = await lease.Input.ReadAsync();
                foreach (var part in read.Buffer) lease.Output.Write(part.Span);
                var flushed = await lease.CommitAsync(read.Buffer.End, read.Buffer.End);
                if (read.IsCompleted || flushed.IsCompleted) break;
            }
        }
        catch (SocketFailedException)
        {
            // A client that is gone ends its connection and nothing else.
        }

        handle.Socket.Tell(new Close(handle), owner);
    }
}

using System.Buffers;
using System.IO.Pipelines;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Splices;

/// <summary>
/// A client, two connections of one owner, and a server, in turns: client - near [the owner] far - server.
/// </summary>
internal sealed class Relay : ISpliceListener
{
    public const int ReceiveBuffer = 4_000;
    public const int SendBuffer = 2_000;
    public const int Block = 256;

    public Relay()
    {
        Options = new ConnectionOptions(Turns, PipeScheduler.Inline)
        {
            Blocks = new BlockPool(Block), ReceiveBuffer = ReceiveBuffer, SendBuffer = SendBuffer,
        };
        (ClientSide, Near) = Pair();
        (ServerSide, Far) = Pair();
        (Client, Server) = (ClientSide.Lease(1), ServerSide.Lease(1));
        (NearLease, FarLease) = (Near.Lease(1), Far.Lease(1));
    }

    public Turns Turns { get; } = new();

    public ConnectionOptions Options { get; }

    public SocketConnection ClientSide { get; }

    public SocketConnection Near { get; }

    public SocketConnection Far { get; }

    public SocketConnection ServerSide { get; }

    public SocketLease Client { get; }

    public SocketLease Server { get; }

    public SocketLease NearLease { get; }

    public SocketLease FarLease { get; }

    public List<SpliceOutcome> Ended { get; } = [];

    public SpliceLink Splice(bool bothWays = true, long there = long.MaxValue, long back = long.MaxValue)
    {
        var (link, result) = SpliceLink.Join(Near, Far, new SpliceTerms(bothWays, there, back), this);
        Assert.True(result.IsSuccess, result.ToString());
        link!.Start();
        Turns.RunAll();
        return link;
    }

    public void OnEnded(SpliceOutcome outcome) => Ended.Add(outcome);

    public void Write(SocketLease lease, string text) => Write(lease, System.Text.Encoding.ASCII.GetBytes(text));

    public void Write(SocketLease lease, byte[] bytes)
    {
        Assert.True(lease.Output.WriteAsync(bytes).AsTask().IsCompletedSuccessfully);
        Turns.RunAll();
    }

    /// <summary>All that is there for an owner; empty if nothing is, or the end.</summary>
    public byte[] Read(SocketLease lease)
    {
        if (!lease.Input.TryRead(out var read)) return [];
        var bytes = read.Buffer.ToArray();
        lease.Input.AdvanceTo(read.Buffer.End);
        Turns.RunAll();
        return bytes;
    }

    public string ReadText(SocketLease lease) => System.Text.Encoding.ASCII.GetString(Read(lease));

    private (SocketConnection Outer, SocketConnection Inner) Pair()
    {
        var (outer, inner) = new MemoryNetwork(Turns, bufferSize: 3_000).Pair();
        // A pool of its own: the shared one is everybody's, and a test counts what is made.
        var outside = new SocketConnection(
            outer,
            new ConnectionOptions(Turns, PipeScheduler.Inline) { Blocks = new BlockPool(), SendBuffer = 10_000_000 });
        var inside = new SocketConnection(inner, Options);
        outside.Start();
        inside.Start();
        return (outside, inside);
    }
}

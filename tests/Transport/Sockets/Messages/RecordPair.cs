using System.Net.Sockets;
using System.Text;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Sockets.Messages;

/// <summary>A connection of records here, and its peer, a plain .NET socket.</summary>
internal sealed class RecordPair : IDisposable
{
    private RecordPair(MessageSocket near, Socket peer) => (Near, Peer) = (near, peer);

    public MessageSocket Near { get; }

    public Socket Peer { get; }

    public static async Task<RecordPair> ConnectAsync(OtherProcess world, MessageOptions? options = null)
    {
        var name = new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");
        using var listener = world.Here.ListenRecords(name, 1).Socket!;
        var peer = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await peer.ConnectAsync(name).WaitAsync(Loopback.Bound);
        var (accepted, code) = await listener.AcceptAsync(default).AsTask().WaitAsync(Loopback.Bound);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var near = new MessageSocket(accepted!, options ?? OtherProcess.Options);
        near.Start();
        return new RecordPair(near, peer);
    }

    public void Send(params string[] records)
    {
        foreach (var record in records) Peer.Send(Encoding.ASCII.GetBytes(record));
    }

    // One record; an empty text is the end.
    public async Task<string> ReceiveAsync()
    {
        using var bound = new CancellationTokenSource(Loopback.Bound);
        var buffer = new byte[64 * 1024];
        return Encoding.ASCII.GetString(buffer, 0, await Peer.ReceiveAsync(buffer, SocketFlags.None, bound.Token));
    }

    public void Dispose() => Peer.Dispose();
}

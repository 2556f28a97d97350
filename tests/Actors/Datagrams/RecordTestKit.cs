using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

// Connections of records by an abstract name: a peer is a plain .NET socket. Linux only.
public abstract class RecordTestKit(ITestOutputHelper output, string config = "") : DatagramTestKit(output, config)
{
    protected const string Records = "unix-record";

    protected static UnixDomainSocketEndPoint AnyName => new($"\0handoff-{Guid.NewGuid():N}");

    protected Listening ListenForRecords(TestProbe owner, IActorRef? acceptor = null)
    {
        Handoff.Sockets.Tell(new Listen(AnyName, owner, acceptor) { Transport = Records }, owner);
        return owner.ExpectMsg<Listening>();
    }

    protected static async Task<Socket> DialAsync(Listening listening)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await socket.ConnectAsync(listening.EndPoint).WaitAsync(Patience);
        return socket;
    }

    // A connection that the probe owns, and its peer.
    protected async Task<(Acquired Acquired, Socket Peer)> OwnRecordsAsync(TestProbe owner, Reading? reading = null)
    {
        var listener = CreateTestProbe();
        var listening = ListenForRecords(listener, owner);
        var peer = await DialAsync(listening);
        var acquired = Take(owner, reading);
        listening.Handle.Socket.Tell(new Close(listening.Handle), listener);
        listener.ExpectMsg<Closed>();
        return (acquired, peer);
    }

    protected static void SendRecords(Socket peer, params string[] records)
    {
        foreach (var record in records) peer.Send(Encoding.ASCII.GetBytes(record));
    }

    // One record; an empty text is the end.
    protected static async Task<string> RecordAsync(Socket peer)
    {
        using var bound = new CancellationTokenSource(Patience);
        var buffer = new byte[2000];
        return Encoding.ASCII.GetString(buffer, 0, await peer.ReceiveAsync(buffer, SocketFlags.None, bound.Token));
    }
}

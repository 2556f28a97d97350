using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

// Real UDP on loopback: a peer is a plain .NET socket.
public abstract class DatagramTestKit(ITestOutputHelper output, string config = "") : SocketTestKit(output, config)
{
    protected static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    protected Acquired Bind(TestProbe owner, Reading? reading = null, EndPoint? peer = null)
    {
        Handoff.Sockets.Tell(new Bind(AnyPort, owner) { Reading = reading ?? Reading.Lease, Peer = peer }, owner);
        return owner.ExpectMsg<Acquired>();
    }

    protected static Socket Peer()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(AnyPort);
        return socket;
    }

    protected static void Send(Socket peer, Acquired to, params string[] texts)
    {
        foreach (var text in texts) peer.SendTo(Encoding.ASCII.GetBytes(text), to.Facts.Local!);
    }

    protected static async Task<string> ReceiveAsync(Socket peer)
    {
        using var bound = new CancellationTokenSource(Patience);
        var buffer = new byte[2000];
        var received = await peer.ReceiveFromAsync(buffer, SocketFlags.None, AnyPort, bound.Token);
        return Encoding.ASCII.GetString(buffer, 0, received.ReceivedBytes);
    }

    protected static async Task<MessageResult> ReadAsync(MessageLease? lease)
    {
        using var bound = new CancellationTokenSource(Patience);
        return await lease!.ReadAsync(bound.Token);
    }

    // The next message, consumed.
    protected static async Task<string> TakeAsync(MessageLease? lease)
    {
        var message = await ReadAsync(lease);
        Assert.Equal((MessageKind.Data, ResultCode.EESUCCESS), (message.Kind, message.Code));
        var text = Encoding.ASCII.GetString(message.Bytes.Span);
        Assert.Equal(ResultCode.EESUCCESS, lease!.Consume());
        return text;
    }

    protected void AwaitUnread(Acquired acquired, int messages)
    {
        var asker = CreateTestProbe();
        AwaitCondition(
            () => StatusOf(asker, acquired.Handle.Socket).Facts.UnreadMessages == messages, Patience);
    }

    protected static string Text(ReceivedFrom received) => Encoding.ASCII.GetString(received.Bytes.Span);
}

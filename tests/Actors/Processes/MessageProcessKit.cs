using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// Sockets whose unit is a message; a peer is a plain .NET socket.
public abstract class MessageProcessKit(ITestOutputHelper output, string config = "") : ProcessTestKit(output, config)
{
    protected static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    protected static UnixDomainSocketEndPoint AnyName => new($"\0handoff-{Guid.NewGuid():N}");

    protected Acquired Bind(TestProbe owner, EndPoint? at = null, EndPoint? peer = null, Reading? reading = null)
    {
        var bind = new Bind(at ?? AnyPort, owner) { Peer = peer, Reading = reading ?? Reading.Lease };
        Handoff.Sockets.Tell(bind, owner);
        return owner.ExpectMsg<Acquired>();
    }

    protected static Socket Udp()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(AnyPort);
        return socket;
    }

    protected Listening ListenForRecords(TestProbe owner, EndPoint? at = null)
    {
        Handoff.Sockets.Tell(new Listen(at ?? AnyName, owner) { Transport = "unix-record" }, owner);
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
        var listening = ListenForRecords(owner);
        var peer = await DialAsync(listening);
        var acquired = Take(owner, reading);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        owner.ExpectMsg<Closed>();
        return (acquired, peer);
    }

    protected static Acquired PassOn(TestProbe from, Acquired held, TestProbe to, IActorRef target)
    {
        Release(from, held.Handle, target);
        var acquired = Take(to);
        from.ExpectMsg<Released>();
        return acquired;
    }

    protected void AwaitUnread(Acquired acquired, int messages)
    {
        var asker = CreateTestProbe();
        AwaitCondition(() => StatusOf(asker, acquired.Handle.Socket).Facts.UnreadMessages == messages, Patience);
    }

    // The next message, consumed.
    protected static async Task<(string Text, EndPoint? From)> TakeAsync(MessageLease? lease)
    {
        using var bound = new CancellationTokenSource(Patience);
        var message = await lease!.ReadAsync(bound.Token);
        Assert.Equal((MessageKind.Data, ResultCode.EESUCCESS), (message.Kind, message.Code));
        var text = Encoding.ASCII.GetString(message.Bytes.Span);
        Assert.Equal(ResultCode.EESUCCESS, lease.Consume());
        return (text, message.Facts.Address);
    }

    protected static async Task SendAsync(MessageLease? lease, string text, EndPoint? to = null) =>
        Assert.True((await lease!.SendAsync(Encoding.ASCII.GetBytes(text), to)).IsSuccess);

    // One message; an empty text is the end of a connection of records.
    protected static async Task<string> HearAsync(Socket peer)
    {
        using var bound = new CancellationTokenSource(Patience);
        var buffer = new byte[4000];
        return Encoding.ASCII.GetString(buffer, 0, await peer.ReceiveAsync(buffer, SocketFlags.None, bound.Token));
    }

    protected static void Say(Socket peer, params string[] texts)
    {
        foreach (var text in texts) peer.Send(Encoding.ASCII.GetBytes(text));
    }

    protected static void SayTo(Socket peer, Acquired to, params string[] texts)
    {
        foreach (var text in texts) peer.SendTo(Encoding.ASCII.GetBytes(text), to.Facts.Local!);
    }
}

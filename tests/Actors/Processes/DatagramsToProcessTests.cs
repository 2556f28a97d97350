using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class DatagramsToProcessTests(ITestOutputHelper output) : MessageProcessKit(output)
{
    [Fact]
    public async Task Unread_datagrams_of_several_senders_come_along_and_each_is_answered_from_there()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var first = Bind(owner);
        Socket[] peers = [Udp(), Udp(), Udp()];
        foreach (var (peer, i) in peers.Select((peer, i) => (peer, i))) SayTo(peer, first, $"a{i}", "", $"b{i}");
        AwaitUnread(first, 9);
        Assert.Equal(("a0", peers[0].LocalEndPoint), await TakeAsync(first.Messages));
        Release(owner, first.Handle, Peer("dns", service));
        var offered = service.ExpectMsg<Offered>();
        Assert.Equal(
            (SocketKind.Datagrams, "udp", first.Facts.Local, null, 10L, 8L),
            (offered.Facts.Kind, offered.Facts.Transport, offered.Facts.Local, offered.Facts.Remote,
                offered.Facts.Unread, offered.Facts.UnreadMessages));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var second = service.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
        Assert.Equal((1L, 0L, 8L), (second.Consumed, second.Written, second.Facts.UnreadMessages));
        var expected = peers.SelectMany((_, i) => new[] { $"a{i}", "", $"b{i}" }).Skip(1).ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            var from = peers[(i + 1) / 3].LocalEndPoint;
            Assert.Equal((expected[i], from), await TakeAsync(second.Messages));
            await SendAsync(second.Messages, $"re {expected[i]}", from);
            Assert.Equal($"re {expected[i]}", await HearAsync(peers[(i + 1) / 3]));
        }

        SayTo(peers[1], second, "later");
        Assert.Equal(("later", peers[1].LocalEndPoint), await TakeAsync(second.Messages));
        Array.ForEach(peers, peer => peer.Dispose());
    }

    [Fact]
    public async Task A_socket_with_a_peer_has_it_there_too()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        using var peer = Udp();
        var first = Bind(owner, peer: peer.LocalEndPoint);
        Release(owner, first.Handle, Peer("dns", service));
        var second = Take(service);
        Assert.Equal(peer.LocalEndPoint, second.Facts.Remote);
        await SendAsync(second.Messages, "hello");
        Assert.Equal("hello", await HearAsync(peer));
        Assert.Equal(ResultCode.EEISCONN, (await second.Messages!.SendAsync(new byte[1], AnyPort)).Code);
    }

    [Fact]
    public async Task The_file_of_Unix_datagrams_is_nobodys_to_remove_any_more()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var path = Path.Combine(Path.GetDirectoryName(DirectoryPath)!, "datagrams");
        var first = Bind(owner, new UnixDomainSocketEndPoint(path));
        owner.Watch(first.Handle.Socket);
        Release(owner, first.Handle, Peer("log", service));
        var second = Take(service);
        Assert.Equal("unix-datagram", second.Facts.Transport);
        owner.ExpectMsg<Released>();
        owner.ExpectTerminated(first.Handle.Socket);
        using var peer = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        await peer.ConnectAsync(second.Facts.Local!).WaitAsync(Patience);
        Say(peer, "hello");
        Assert.Equal(("hello", null), await TakeAsync(second.Messages));
        second.Handle.Socket.Tell(new Close(second.Handle), service);
        service.ExpectMsg<Closed>();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_release_that_fails_after_it_stopped_leaves_the_socket_with_its_owner_and_its_credits()
    {
        var owner = CreateTestProbe();
        using var narrow = OpenAnother("narrow", "handoff.datagram.max-message = 8");
        var first = Bind(owner, reading: Reading.Active(2));
        using var peer = Udp();
        SayTo(peer, first, "short", "longer than eight", "third");
        Assert.Equal("short"u8.ToArray(), owner.ExpectMsg<ReceivedFrom>().Bytes.ToArray());
        owner.ExpectMsg<ReceivedFrom>();
        AwaitUnread(first, 3);
        var there = narrow.CreateTestProbe();
        var release = Release(owner, first.Handle, PeerAt(narrow.Open("dns", there), "dns"));
        Offer(there);
        Assert.Contains("handoff.datagram.max-message", Reverted(owner, release));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, there.ExpectMsg<Refused>().Result.Code);
        Assert.Equal("short"u8.ToArray(), owner.ExpectMsg<ReceivedFrom>().Bytes.ToArray());
        Assert.Equal("longer than eight"u8.ToArray(), owner.ExpectMsg<ReceivedFrom>().Bytes.ToArray());
        first.Handle.Socket.Tell(new Consumed(first.Handle, 2), owner);
        Assert.Equal("third"u8.ToArray(), owner.ExpectMsg<ReceivedFrom>().Bytes.ToArray());
        first.Handle.Socket.Tell(new SendTo(first.Handle, "still here"u8.ToArray(), peer.LocalEndPoint), owner);
        Assert.Equal("still here", await HearAsync(peer));
    }

    [Fact]
    public async Task Sockets_of_every_kind_go_in_one_move()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var datagrams = Bind(owner);
        var (records, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        var listening = ListenForRecords(owner);
        var batch = Peer("upgrade", service, isBatch: true);
        SocketHandle[] handles = [datagrams.Handle, records.Handle, listening.Handle];
        foreach (var handle in handles) Release(owner, handle, batch);
        batch.Tell(new SendBatch(handles.Length), owner);
        var offers = handles.Select(_ => service.ExpectMsg<Offered>()).ToArray();
        foreach (var offered in offers) offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var came = handles.Select(_ => service.ExpectMsg<Acquired>()).ToArray();
        Assert.Equal(
            [SocketKind.Listener, SocketKind.Datagrams, SocketKind.Records],
            came.Select(acquired => acquired.Facts.Kind).Order());
        using var sender = Udp();
        SayTo(sender, datagrams, "hello");
        var there = came.Single(acquired => acquired.Facts.Kind is SocketKind.Datagrams);
        Assert.Equal(("hello", sender.LocalEndPoint), await TakeAsync(there.Messages));
        using var late = await DialAsync(listening);
        Take(service);
    }

    private static void Offer(Akka.TestKit.TestProbe target)
    {
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
    }
}

using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

public sealed class DatagramMessageTests(ITestOutputHelper output)
    : DatagramTestKit(output, "handoff.datagram.max-message = 1000B")
{
    [Fact]
    public async Task An_active_owner_gets_messages_with_their_sender_and_answers_them()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner, Reading.Active(2));
        Assert.Null(acquired.Messages);
        using var peer = Peer();
        Send(peer, acquired, "a", "", "c");
        foreach (var (text, position) in new[] { ("a", 0), ("", 1), ("c", 2) })
        {
            var received = owner.ExpectMsg<ReceivedFrom>();
            Assert.Equal((text, position), (Text(received), received.Position));
            Assert.Equal(peer.LocalEndPoint, received.Facts.Address);
            acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, received.End), owner);
        }

        var answer = new SendTo(acquired.Handle, "answer"u8.ToArray(), peer.LocalEndPoint);
        acquired.Handle.Socket.Tell(answer, owner);
        var sent = owner.ExpectMsg<Sent>();
        Assert.Same(answer, sent.Command);
        Assert.Equal(1, sent.Position);
        Assert.Equal("answer", await ReceiveAsync(peer));
    }

    [Fact]
    public void No_more_messages_are_out_than_there_are_credits()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner, Reading.Active(2));
        using var peer = Peer();
        Send(peer, acquired, "a", "b", "c");
        var first = owner.ExpectMsg<ReceivedFrom>();
        owner.ExpectMsg<ReceivedFrom>();
        AwaitUnread(acquired, 3);
        owner.ExpectNoMsg(TimeSpan.Zero);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, first.End), owner);
        Assert.Equal("c", Text(owner.ExpectMsg<ReceivedFrom>()));
        AwaitUnread(acquired, 2);
    }

    [Fact]
    public void A_revert_delivers_again_on_the_same_credits()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner, Reading.Count(2));
        using var peer = Peer();
        Send(peer, acquired, "a", "b", "c");
        Assert.Equal("a", Text(owner.ExpectMsg<ReceivedFrom>()));
        Assert.Equal("b", Text(owner.ExpectMsg<ReceivedFrom>()));
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal("a", Text(owner.ExpectMsg<ReceivedFrom>()));
        Assert.Equal("b", Text(owner.ExpectMsg<ReceivedFrom>()));
        AwaitUnread(acquired, 3);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_was_delivered_and_not_consumed_goes_to_the_next_owner()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner, Reading.Active(3));
        using var peer = Peer();
        Send(peer, acquired, "a", "b", "c");
        var first = owner.ExpectMsg<ReceivedFrom>();
        owner.ExpectMsg<ReceivedFrom>();
        owner.ExpectMsg<ReceivedFrom>();
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, first.End), owner);
        Release(owner, acquired.Handle, target);
        var second = Take(target);
        Assert.Equal(1, second.Consumed);
        Assert.Equal("b", await TakeAsync(second.Messages));
        Assert.Equal("c", await TakeAsync(second.Messages));
    }

    [Fact]
    public void After_a_crash_what_was_not_consumed_is_delivered_again()
    {
        var owner = CreateTestProbe();
        var first = Bind(owner, Reading.Active(2));
        using var peer = Peer();
        Send(peer, first, "a", "b");
        var consumed = owner.ExpectMsg<ReceivedFrom>();
        first.Handle.Socket.Tell(new Consumed(first.Handle, consumed.End), owner);
        owner.ExpectMsg<ReceivedFrom>();
        var second = Reattach(owner, first.Handle);
        var again = owner.ExpectMsg<ReceivedFrom>();
        Assert.Equal(("b", 1, second.Handle), (Text(again), again.Position, again.Handle));
        second.Handle.Socket.Tell(new Consumed(first.Handle, again.End), owner);
        Assert.Equal(ResultCode.EESECURITY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public void That_nobody_received_it_is_told_as_an_event_and_the_socket_goes_on()
    {
        var owner = CreateTestProbe();
        EndPoint place;
        using (var gone = Peer()) place = gone.LocalEndPoint!;
        var acquired = Bind(owner, Reading.Active(1), place);
        acquired.Handle.Socket.Tell(new SendTo(acquired.Handle, "lost"u8.ToArray(), null), owner);
        var told = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        Assert.Single(told.OfType<Sent>());
        var failed = Assert.Single(told.OfType<SendFailed>());
        Assert.Equal((place, ResultCode.EECONNREFUSED, 0), (failed.Address, failed.Result.Code, failed.Position));
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, failed.End), owner);
        using var peer = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Dgram,
            System.Net.Sockets.ProtocolType.Udp);
        peer.Bind(place);
        Send(peer, acquired, "heard");
        Assert.Equal("heard", Text(owner.ExpectMsg<ReceivedFrom>()));
    }

    [Fact]
    public void A_send_that_cannot_be_is_refused_by_code()
    {
        var owner = CreateTestProbe();
        using var peer = Peer();
        var acquired = Bind(owner, Reading.Passive);
        var (socket, handle) = (acquired.Handle.Socket, acquired.Handle);
        foreach (var (command, code) in new (object, ResultCode)[]
        {
            (new SendTo(handle, new byte[1], null), ResultCode.EENOADDR),
            (new SendTo(handle, new byte[1], new DnsEndPoint("localhost", 1)), ResultCode.EEBADADDR),
            (new SendTo(handle, new byte[1], new IPEndPoint(IPAddress.IPv6Loopback, 1)), ResultCode.EEBADADDR),
            (new SendTo(handle, new byte[1001], peer.LocalEndPoint), ResultCode.EEMSGSIZE),
            (new SendTo(handle, new byte[1], IPEndPoint.Parse("127.255.255.255:1")), ResultCode.EESENDTO),
            (new Write(handle, new byte[1]), ResultCode.EEMODENOTSUPP),
            (new FinishSending(handle), ResultCode.EEMODENOTSUPP),
            (new Consumed(handle, 1), ResultCode.EEBADDATA),
            (new SendTo(Bind(CreateTestProbe()).Handle, new byte[1], peer.LocalEndPoint), ResultCode.EESECURITY),
        })
        {
            socket.Tell(command, owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal((command, code), (refused.Command, refused.Result.Code));
        }

        Assert.Equal(0, StatusOf(owner, socket).BytesSent);
        var leased = Bind(owner);
        leased.Handle.Socket.Tell(new SendTo(leased.Handle, new byte[1], peer.LocalEndPoint), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
        var connected = Bind(owner, Reading.Passive, peer.LocalEndPoint);
        connected.Handle.Socket.Tell(new SendTo(connected.Handle, new byte[1], acquired.Facts.Local), owner);
        Assert.Equal(ResultCode.EEISCONN, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public void A_send_while_on_offer_is_refused_and_nothing_is_delivered()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var acquired = Bind(owner, Reading.Active(8));
        using var peer = Peer();
        Release(owner, acquired.Handle, target);
        target.ExpectMsg<Offered>();
        acquired.Handle.Socket.Tell(new SendTo(acquired.Handle, new byte[1], peer.LocalEndPoint), owner);
        Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        Send(peer, acquired, "later");
        AwaitUnread(acquired, 1);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_owner_may_change_its_mind_about_how_it_reads()
    {
        var owner = CreateTestProbe();
        var acquired = Bind(owner, Reading.Once);
        using var peer = Peer();
        Send(peer, acquired, "a", "b");
        owner.ExpectMsg<ReceivedFrom>();
        acquired.Handle.Socket.Tell(new ReadBy(acquired.Handle, Reading.Lease), owner);
        var lease = owner.ExpectMsg<MessagesLeased>().Messages;
        Assert.Equal("a", await TakeAsync(lease));
        await ReadAsync(lease);
        var back = new ReadBy(acquired.Handle, Reading.Active(1));
        acquired.Handle.Socket.Tell(back, owner);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        lease.PutBack();
        acquired.Handle.Socket.Tell(back, owner);
        Assert.Same(back, owner.ExpectMsg<Confirmed>().Command);
        Assert.Equal("b", Text(owner.ExpectMsg<ReceivedFrom>()));
        Assert.Equal(ResultCode.EESECURITY, (await ReadAsync(lease)).Code);
    }
}

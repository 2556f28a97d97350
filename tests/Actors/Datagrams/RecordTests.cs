using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Datagrams;

public sealed class RecordTests(ITestOutputHelper output)
    : RecordTestKit(output, "handoff.datagram.send-messages = 2")
{
    [Fact]
    public async Task A_connection_of_records_is_accepted_owned_and_known_by_its_peer()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        Assert.Equal((SocketKind.Records, Records), (acquired.Facts.Kind, acquired.Facts.Transport));
        Assert.Equal(Environment.ProcessId, acquired.Facts.PeerCredentials!.ProcessId);
        SendRecords(peer, "one", "and two");
        Assert.Equal("one", await TakeAsync(acquired.Messages));
        Assert.Equal("and two", await TakeAsync(acquired.Messages));
        Assert.True((await acquired.Messages!.SendAsync("a"u8.ToArray())).IsSuccess);
        Assert.True((await acquired.Messages.SendAsync("bc"u8.ToArray())).IsSuccess);
        Assert.Equal("a", await RecordAsync(peer));
        Assert.Equal("bc", await RecordAsync(peer));
        var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        Assert.Equal((10L, 3L), (status.BytesReceived, status.BytesSent));
    }

    [Fact]
    public async Task An_owner_by_messages_gets_whole_records_as_its_credits_go_and_then_the_end()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnRecordsAsync(owner, Reading.Active(2));
        using var _ = peer;
        var handle = acquired.Handle;
        SendRecords(peer, "a", "bb", "ccc");
        peer.Shutdown(SocketShutdown.Send);
        var first = owner.ExpectMsg<ReceivedFrom>();
        Assert.Equal(("a", 0L), (Text(first), first.Position));
        Assert.Equal("bb", Text(owner.ExpectMsg<ReceivedFrom>()));
        AwaitUnread(acquired, 3);
        owner.ExpectNoMsg(TimeSpan.Zero);
        owner.Send(handle.Socket, new Consumed(handle, 2));
        Assert.Equal("ccc", Text(owner.ExpectMsg<ReceivedFrom>()));
        Assert.Equal(3, owner.ExpectMsg<PeerFinished>().Position);

        // The other side goes on.
        owner.Send(handle.Socket, new SendTo(handle, "answer"u8.ToArray(), Address: null));
        owner.ExpectMsg<Sent>();
        Assert.Equal("answer", await RecordAsync(peer));
        owner.Send(handle.Socket, new SendTo(handle, default, Address: null));
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);
        owner.Send(handle.Socket, new FinishSending(handle));
        owner.ExpectMsg<Confirmed>();
        Assert.Equal("", await RecordAsync(peer));
        owner.Send(handle.Socket, new SendTo(handle, "late"u8.ToArray(), Address: null));
        Assert.Equal(ResultCode.EENOTCONN, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task What_was_accepted_goes_out_before_the_end_also_what_waits_for_room()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnRecordsAsync(owner, Reading.Passive);
        using var _ = peer;
        var handle = acquired.Handle;
        var sent = 0;
        while (true)
        {
            owner.Send(handle.Socket, new SendTo(handle, "record"u8.ToArray(), Address: null));
            owner.Send(handle.Socket, GetStatus.Instance);
            sent++;
            if (owner.ExpectMsg<object>() is not Sent) break;
            owner.ExpectMsg<SocketStatus>();
        }

        owner.Send(handle.Socket, new Release(handle, owner));
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        owner.Send(handle.Socket, new Shutdown(handle, SocketShutdown.Send));
        owner.ExpectMsg<Confirmed>();
        for (var i = 0; i < sent; i++) Assert.Equal("record", await RecordAsync(peer));
        owner.ExpectMsg<Sent>();
        Assert.Equal("", await RecordAsync(peer));
    }

    [Fact]
    public async Task Two_actors_are_connected_by_records_and_code_outside_is_too()
    {
        if (!OperatingSystem.IsLinux()) return;
        var (server, client) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForRecords(server);
        var connect = new Connect(listening.EndPoint, client) { Transport = Records, Reading = Reading.Active(1) };
        Handoff.Sockets.Tell(connect, client);
        var near = client.ExpectMsg<Acquired>();
        Assert.Equal((SocketKind.Records, listening.EndPoint), (near.Facts.Kind, near.Facts.Remote));
        var far = Take(server);
        AwaitAssert(() => Assert.Equal(0, StatusOf(server, listening.Handle.Socket).Facts.Unread), Patience);
        Assert.True((await far.Messages!.SendAsync("hello"u8.ToArray())).IsSuccess);
        Assert.Equal("hello", Text(client.ExpectMsg<ReceivedFrom>()));

        await using var outside = await Handoff.ConnectAsync(listening.EndPoint, Records);
        var second = Take(server);
        Assert.True((await outside.Messages.SendAsync("from outside"u8.ToArray())).IsSuccess);
        Assert.Equal("from outside", await TakeAsync(second.Messages));
    }

    [Fact]
    public async Task A_connect_that_finds_no_room_ends_with_its_time_out_and_one_that_finds_nobody_at_once()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        using var full = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        var place = AnyName;
        full.Bind(place);
        full.Listen(0);
        using var first = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        await first.ConnectAsync(place).WaitAsync(Patience);
        var late = new Connect(place, owner) { Transport = Records, Within = TimeSpan.FromMilliseconds(200) };
        Handoff.Sockets.Tell(late, owner);
        Assert.Equal(ResultCode.EETIMEDOUT, owner.ExpectMsg<Refused>().Result.Code);
        Handoff.Sockets.Tell(new Connect(AnyName, owner) { Transport = Records }, owner);
        Assert.Equal(ResultCode.EECONNREFUSED, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task What_has_no_sense_for_records_is_refused_by_code()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var place = AnyName;
        Refuses(new Listen(place, owner) { Transport = Records, AcceptFilter = AcceptFilter.DataReady });
        Refuses(new Bind(place, owner) { Transport = Records });
        Refuses(new Connect(place, owner) { Transport = Records, Local = AnyName });
        var listening = ListenForRecords(owner);
        RefusesAt(listening.Handle.Socket, new SetAcceptFilter(listening.Handle, AcceptFilter.DataReady));
        var (acquired, peer) = await OwnRecordsAsync(owner);
        using var _ = peer;
        var (socket, handle) = (acquired.Handle.Socket, acquired.Handle);
        RefusesAt(socket, new Shutdown(handle, SocketShutdown.Receive));
        RefusesAt(socket, new Shutdown(handle, SocketShutdown.Both));
        RefusesAt(socket, new Write(handle, new byte[1]));
        RefusesAt(socket, new SetOption(handle, SocketOption.NoDelay(true)));
        owner.Send(socket, new SetOption(handle, SocketOption.SendBuffer(30_000)));
        owner.ExpectMsg<Confirmed>();
        owner.Send(listening.Handle.Socket, new GetOption(listening.Handle, SocketOptionKind.SendBuffer));
        owner.ExpectMsg<OptionValue>();

        void Refuses(object command) => RefusesAt(Handoff.Sockets, command);

        void RefusesAt(IActorRef at, object command)
        {
            at.Tell(command, owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EEMODENOTSUPP), (refused.Command, refused.Result.Code));
        }
    }

    [Fact]
    public async Task A_connection_that_nobody_acquires_is_closed_at_the_deadline()
    {
        if (!OperatingSystem.IsLinux()) return;
        var owner = CreateTestProbe();
        var listening = ListenForRecords(owner);
        using var peer = await DialAsync(listening);
        owner.ExpectMsg<Offered>();
        Assert.Equal(1, StatusOf(owner, listening.Handle.Socket).Facts.Unread);
        Time.Advance(Handoff.Settings.AcquireTimeout);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<Withdrawn>().Outcome);
        Assert.Equal("", await RecordAsync(peer));
        AwaitAssert(() => Assert.Equal(0, StatusOf(owner, listening.Handle.Socket).Facts.Unread), Patience);
    }

    [Fact]
    public async Task An_engine_without_records_says_so_by_code()
    {
        var system = ActorSystem.Create("portable", "handoff.engine = portable");
        try
        {
            var place = new UnixDomainSocketEndPoint("handoff-nowhere");
            var refused = await Assert.ThrowsAsync<SocketFailedException>(
                () => HandoffExtension.For(system).ConnectAsync(place, Records));
            Assert.Equal(ResultCode.EEMODENOTSUPP, refused.Code);
        }
        finally
        {
            Shutdown(system);
        }
    }
}

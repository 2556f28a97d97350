using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Sctp;

public sealed class EndpointTests(ITestOutputHelper output) : SctpTestKit(output)
{
    [Fact]
    public async Task Each_association_is_an_actor_with_an_owner_of_its_own()
    {
        var (owner, first, second) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var endpoint = Serve(owner);
        var (one, near) = await JoinAsync(endpoint, owner);
        var (two, far) = await JoinAsync(endpoint, owner);
        Assert.Equal((SocketKind.Records, "sctp"), (one.Facts.Kind, one.Facts.Transport));
        Assert.NotEqual(one.Facts.Association, two.Facts.Association);
        Assert.Equal(near.Place, one.Facts.Remote);
        Assert.Equal(endpoint.Handle.Socket.Path, one.Handle.Socket.Path.Parent);
        Release(owner, one.Handle, first);
        var mine = Take(first);
        owner.ExpectMsg<Released>();
        Release(owner, two.Handle, second);
        var theirs = Take(second, Reading.Active(4));
        owner.ExpectMsg<Released>();
        await near.SendAsync("to the first", On(stream: 2, protocol: 51));
        await far.SendAsync("to the second", On(stream: 1, protocol: 60));
        var message = await ReadAsync(mine.Messages);
        Assert.Equal((2, 51u), (message.Facts.Info.Stream, message.Facts.Info.PayloadProtocol));
        Assert.Equal(one.Facts.Association, message.Facts.Info.Association);
        Assert.Equal("to the first", await TakeAsync(mine.Messages));
        var received = second.ExpectMsg<ReceivedFrom>();
        Assert.Equal(("to the second", 1), (Text(received), received.Facts.Info.Stream));
        theirs.Handle.Socket.Tell(
            new SendTo(theirs.Handle, "back"u8.ToArray(), null) { Info = On(stream: 3, protocol: 9) }, second);
        second.ExpectMsg<Sent>();
        var back = await far.NextAsync();
        Assert.Equal((3, 9u), (back.Info.Stream, back.Info.PayloadProtocol));
        Assert.True((await mine.Messages!.SendAsync("too"u8.ToArray(), On(stream: 1))).IsSuccess);
        Assert.Equal("too", await near.ReadAsync());
        near.Dispose();
        far.Dispose();
    }

    [Fact]
    public async Task Associations_live_on_when_the_endpoint_closes_and_its_actor_stops_after_the_last()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        Watch(endpoint.Handle.Socket);
        endpoint.Handle.Socket.Tell(new Close(endpoint.Handle), owner);
        owner.ExpectMsg<Closed>();
        await peer.SendAsync("still");
        Assert.Equal("still", await TakeAsync(here.Messages));
        here.Handle.Socket.Tell(new Close(here.Handle), owner);
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
        Assert.IsType<SctpShutdownComplete>((await peer.NextAsync()).Event);
        ExpectTerminated(endpoint.Handle.Socket);
        peer.Dispose();
    }

    [Fact]
    public async Task Its_owner_begins_associations_and_hears_of_those_that_fail()
    {
        var owner = CreateTestProbe();
        var (near, far) = (Serve(owner), Serve(owner));
        var associate = new Associate(near.Handle, [(IPEndPoint)far.EndPoint]);
        near.Handle.Socket.Tell(associate, owner);
        var heard = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        Assert.Equal(2, heard.OfType<Offered>().Count());
        Assert.Same(associate, heard.OfType<Confirmed>().Single().Command);
        near.Handle.Socket.Tell(associate, owner);
        Assert.Equal(ResultCode.EEISCONN, owner.ExpectMsg<Refused>().Result.Code);
        near.Handle.Socket.Tell(new SendTo(near.Handle, "x"u8.ToArray(), far.EndPoint), owner);
        Assert.Equal(ResultCode.EEISCONN, owner.ExpectMsg<Refused>().Result.Code);
        var nobody = new IPEndPoint(IPAddress.Loopback, 9);
        near.Handle.Socket.Tell(new Associate(near.Handle, [nobody]), owner);
        Assert.Equal(ResultCode.EECONNREFUSED, owner.ExpectMsg<Refused>().Result.Code);
        near.Handle.Socket.Tell(new SendTo(near.Handle, "x"u8.ToArray(), nobody), owner);
        owner.ExpectMsg<Sent>();
        Assert.Equal(ResultCode.EECONNREFUSED, owner.ExpectMsg<AssociationFailed>().Result.Code);
        foreach (var (address, code) in new (EndPoint?, ResultCode)[]
        {
            (null, ResultCode.EENOADDR), (new DnsEndPoint("localhost", 1), ResultCode.EEBADADDR),
        })
        {
            near.Handle.Socket.Tell(new SendTo(near.Handle, "x"u8.ToArray(), address), owner);
            Assert.Equal(code, owner.ExpectMsg<Refused>().Result.Code);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_message_begins_an_association_and_arrives_in_it()
    {
        var (owner, other) = (CreateTestProbe(), CreateTestProbe());
        var (near, far) = (Serve(owner), Serve(other));
        near.Handle.Socket.Tell(new SendTo(near.Handle, "hello"u8.ToArray(), far.EndPoint), owner);
        owner.ExpectMsg<Sent>();
        var there = Take(other);
        Assert.Equal("hello", await TakeAsync(there.Messages));
        var here = Take(owner);
        Assert.True((await there.Messages!.SendAsync("back"u8.ToArray())).IsSuccess);
        Assert.Equal("back", await TakeAsync(here.Messages));
    }

    [Fact]
    public async Task Options_addresses_and_status_are_asked_of_the_association_and_of_the_endpoint()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner);
        T Ask<T>(SocketHandle handle, object command)
        {
            handle.Socket.Tell(command, owner);
            return owner.ExpectMsg<T>();
        }

        var option = new SctpOption(SctpOptionKind.Context, 6);
        Ask<Confirmed>(here.Handle, new SetAssociationOption(here.Handle, option));
        Assert.Equal(
            option,
            Ask<AssociationOptionValue>(
                here.Handle, new GetAssociationOption(here.Handle, SctpOptionKind.Context)).Option);
        var addresses = Ask<AssociationAddresses>(here.Handle, new GetAssociationAddresses(here.Handle));
        Assert.Equal([peer.Place], addresses.Peer);
        var ofEndpoint = Ask<AssociationAddresses>(endpoint.Handle, new GetAssociationAddresses(endpoint.Handle));
        Assert.Equal([(IPEndPoint)endpoint.EndPoint], ofEndpoint.Local);
        Assert.Empty(ofEndpoint.Peer);
        Assert.Equal(
            here.Facts.Association,
            Ask<AssociationStatus>(here.Handle, new GetAssociationStatus(here.Handle)).Status.Association);
        Assert.Equal(
            ResultCode.EEINVAL, Ask<Refused>(here.Handle, new BindAddresses(here.Handle, [AnyPort])).Result.Code);
        Assert.Equal(
            ResultCode.EEBADADDR,
            Ask<Refused>(
                endpoint.Handle,
                new BindAddresses(endpoint.Handle, [new IPEndPoint(IPAddress.Loopback, 1)])).Result.Code);
        peer.Dispose();
    }

    [Fact]
    public async Task Events_are_told_in_order_to_the_owner_that_wants_them()
    {
        var owner = CreateTestProbe();
        var endpoint = Serve(owner);
        var (here, peer) = await JoinAsync(endpoint, owner, Reading.Active(8));
        here.Handle.Socket.Tell(new WantEvents(here.Handle, SctpEventKinds.SenderDry), owner);
        var told = new[] { owner.ExpectMsg<object>(), owner.ExpectMsg<object>() };
        Assert.Single(told.OfType<Confirmed>());
        var dry = Assert.Single(told.OfType<AssociationEvent>());
        Assert.Equal((0L, 1L), (dry.Position, dry.End));
        Assert.IsType<SctpSenderDry>(dry.Event);
        await peer.SendAsync("after");
        var after = owner.FishForMessage<ReceivedFrom>(_ => true);
        Assert.Equal("after", Text(after));
        here.Handle.Socket.Tell(new Consumed(here.Handle, after.End), owner);
        peer.Dispose();
        var closed = owner.FishForMessage<object>(what => what is Closed or AssociationEvent and not null);
        if (closed is AssociationEvent again)
        {
            here.Handle.Socket.Tell(new Consumed(here.Handle, again.End), owner);
            closed = owner.FishForMessage<Closed>(_ => true);
        }

        Assert.Equal(ResultCode.EERESET, ((Closed)closed).Result.Code);
    }

    [Fact]
    public async Task One_to_one_sockets_listen_and_connect_and_are_never_peeled_off()
    {
        var (owner, caller) = (CreateTestProbe(), CreateTestProbe());
        var listening = Serve(owner, transport: "sctp-one-to-one");
        Handoff.Sockets.Tell(new Connect(listening.EndPoint, caller) { Transport = "sctp-one-to-one" }, caller);
        var near = caller.ExpectMsg<Acquired>();
        var far = Take(owner);
        Assert.True((await near.Messages!.SendAsync("hello"u8.ToArray(), On(1, 4))).IsSuccess);
        var message = await ReadAsync(far.Messages);
        Assert.Equal((1, 4u), (message.Facts.Info.Stream, message.Facts.Info.PayloadProtocol));
        far.Handle.Socket.Tell(new Peeloff(far.Handle), owner);
        Assert.Equal(ResultCode.EEINVAL, owner.ExpectMsg<Refused>().Result.Code);
        listening.Handle.Socket.Tell(new Associate(listening.Handle, [AnyPort]), owner);
        Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(MessageKind.Data, message.Kind);
    }

    [Fact]
    public async Task What_is_no_SCTP_says_so()
    {
        var owner = CreateTestProbe();
        var datagrams = Bind(owner);
        var (stream, _) = await OwnAsync(owner);
        foreach (var handle in new[] { datagrams.Handle, stream.Handle })
        {
            foreach (var command in new object[]
            {
                new Peeloff(handle), new WantEvents(handle, SctpEventKinds.All), new GetAssociationStatus(handle),
            })
            {
                handle.Socket.Tell(command, owner);
                Assert.Equal(ResultCode.EEMODENOTSUPP, owner.ExpectMsg<Refused>().Result.Code);
            }
        }

        Assert.Equal(
            ResultCode.EEMODENOTSUPP,
            (await datagrams.Messages!.SendAsync(new byte[1], On(stream: 1), AnyPort)).Code);
    }
}

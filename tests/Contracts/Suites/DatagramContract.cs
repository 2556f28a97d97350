using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class DatagramContract(DatagramKind kind, ITestOutputHelper output) : DatagramSuite(kind, output)
{
    [Fact]
    public async Task A_message_arrives_whole_with_the_address_of_who_sent_it()
    {
        var (near, nearLease) = Open();
        var (far, farLease) = Open();
        var random = Seeded();
        for (var i = 0; i < 200; i++)
        {
            var sent = new byte[random.Next(0, 2000)];
            random.NextBytes(sent);
            await Send(nearLease, sent, far.LocalEndPoint);
            var received = await farLease.ReadAsync().Soon();
            Assert.Equal(sent, received.Bytes.ToArray());
            Assert.Equal(near.LocalEndPoint, received.Facts.Address);
            Assert.False(received.Facts.IsTruncated);
            Assert.Equal(ResultCode.EESUCCESS, farLease.Consume());
        }
    }

    [Fact]
    public async Task An_empty_datagram_is_data_and_no_end()
    {
        var (_, near) = Open();
        var (far, lease) = Open();
        foreach (var message in new[] { "", "after", "" }) await Send(near, message, far.LocalEndPoint);
        foreach (var message in new[] { "", "after", "" }) Assert.Equal(message, await Take(lease));
        Assert.Equal((3, 3, 5), (far.Status.Received, far.Status.Consumed, far.Status.BytesReceived));
    }

    [Fact]
    public async Task Two_senders_are_told_apart_and_answered_each()
    {
        var (server, lease) = Open();
        var (_, one) = Open();
        var (_, two) = Open();
        await Send(one, "one", server.LocalEndPoint);
        await Send(two, "two", server.LocalEndPoint);
        for (var i = 0; i < 2; i++)
        {
            var request = await lease.ReadAsync().Soon();
            var answer = request.Bytes.ToArray();
            Assert.Equal(SocketResult.Success, await lease.ReplyAsync(answer).Soon());
        }

        Assert.Equal(("one", "two"), (await Take(one), await Take(two)));
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_told_truncated_and_the_next_one_is_whole()
    {
        var (_, near) = Open();
        var (far, lease) = Open(options: Options with { MaxMessage = 100 });
        await Send(near, new string('x', 101), far.LocalEndPoint);
        await Send(near, new string('y', 100), far.LocalEndPoint);
        var cut = await lease.ReadAsync().Soon();
        Assert.Equal((100, true), (cut.Bytes.Length, cut.Facts.IsTruncated));
        lease.Consume();
        var whole = await lease.ReadAsync().Soon();
        Assert.Equal((100, false), (whole.Bytes.Length, whole.Facts.IsTruncated));
        Assert.Equal((byte)'y', whole.Bytes.Span[0]);
    }

    [Fact]
    public async Task The_largest_message_arrives_and_a_larger_one_is_refused_by_code()
    {
        var (_, near) = Open(options: Options with { MaxMessage = 1024 * 1024 });
        var (far, lease) = Open();
        var sent = new byte[Math.Min(Kind.Largest, Options.MaxMessage)];
        new Random(1).NextBytes(sent);
        await Send(near, sent, far.LocalEndPoint);
        Assert.Equal(sent, (await lease.ReadAsync().Soon()).Bytes.ToArray());
        var tooLong = await near.SendAsync(new byte[Kind.Largest + 1], far.LocalEndPoint).Soon();
        Assert.Equal(ResultCode.EEMSGSIZE, tooLong.Code);
        var overBound = await lease.SendAsync(new byte[Options.MaxMessage + 1], far.LocalEndPoint).Soon();
        Assert.Equal(ResultCode.EEMSGSIZE, overBound.Code);
    }

    [Fact]
    public async Task A_socket_with_a_peer_hears_nobody_else_and_sends_to_nobody_else()
    {
        var (server, serverLease) = Open();
        var (stranger, strangerLease) = Open();
        var (client, lease) = Open(remote: server.LocalEndPoint);
        Assert.Equal(server.LocalEndPoint, client.RemoteEndPoint);
        await Send(lease, "to the peer", to: null);
        await Send(lease, "to the peer by name", server.LocalEndPoint);
        Assert.Equal("to the peer", await Take(serverLease));
        Assert.Equal("to the peer by name", await Take(serverLease));
        var elsewhere = await lease.SendAsync("x"u8.ToArray(), stranger.LocalEndPoint).Soon();
        Assert.Equal(ResultCode.EEISCONN, elsewhere.Code);
        await strangerLease.SendAsync("unheard"u8.ToArray(), client.LocalEndPoint).Soon();
        await Send(serverLease, "heard", client.LocalEndPoint);
        var heard = await lease.ReadAsync().Soon();
        Assert.Equal("heard"u8.ToArray(), heard.Bytes.ToArray());
        Assert.Equal(server.LocalEndPoint, heard.Facts.Address);
        Assert.Equal(1, client.Status.Received);
    }

    [Fact]
    public async Task That_nobody_received_it_is_an_event_and_no_end()
    {
        var place = await Abandoned();
        var (client, lease) = Open();
        Assert.Equal(Kind.ToNobody, (await lease.SendAsync("lost"u8.ToArray(), place).Soon()).Code);
        if (!Kind.TellsRefusalLater) return;
        var (connected, connectedLease) = Open(remote: place);
        await Send(connectedLease, "lost", to: null);
        var failure = await connectedLease.ReadAsync().Soon();
        Assert.Equal((MessageKind.Failure, ResultCode.EECONNREFUSED), (failure.Kind, failure.Code));
        Assert.Equal(place, failure.Facts.Address);
        connectedLease.Consume();
        var (server, serverLease) = Open(local: place);
        await Send(connectedLease, "found", to: null);
        Assert.Equal("found", await Take(serverLease));
        await Send(serverLease, "answer", connected.LocalEndPoint);
        Assert.Equal("answer", await Take(connectedLease));
        Assert.Equal(0, client.Status.Received);
    }

    [Fact]
    public async Task What_was_refused_before_costs_no_later_message()
    {
        if (!Kind.TellsRefusalLater) return;
        var place = await Abandoned();
        var (_, lease) = Open(remote: place);
        for (var i = 0; i < 50; i++) await Send(lease, "lost", to: null);
        var (_, server) = Open(local: place);
        for (var i = 0; i < 50; i++)
        {
            await Send(lease, $"found {i}", to: null);
            Assert.Equal($"found {i}", await Take(server));
        }
    }

    [Fact]
    public async Task However_many_messages_nobody_received_the_sender_has_not_ended()
    {
        if (!Kind.TellsRefusalLater) return;
        var (_, lease) = Open(remote: await Abandoned());
        for (var i = 0; i < 20; i++)
        {
            await Send(lease, "lost", to: null);
            var failure = await lease.ReadAsync().Soon();
            Assert.Equal((MessageKind.Failure, ResultCode.EECONNREFUSED), (failure.Kind, failure.Code));
            lease.Consume();
        }
    }

    [Fact]
    public async Task A_send_without_an_address_or_with_a_wrong_one_is_refused_by_code()
    {
        var (_, lease) = Open();
        var message = "x"u8.ToArray();
        Assert.Equal(ResultCode.EENOADDR, (await lease.SendAsync(message).Soon()).Code);
        Assert.Equal(ResultCode.EEBADADDR, (await lease.SendAsync(message, Kind.WrongPlace).Soon()).Code);
        var nowhere = new DnsEndPoint("localhost", 1);
        Assert.Equal(ResultCode.EEBADADDR, (await lease.SendAsync(message, nowhere).Soon()).Code);
        Assert.Equal(0, lease.SentPosition);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_refused_by_code()
    {
        var transport = Kind.Create(Options);
        var (taken, _) = Open();
        Assert.Equal(ResultCode.EENOADDR, transport.Open(null, null).Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, transport.Open(new DnsEndPoint("localhost", 1), null).Result.Code);
        Assert.Equal(ResultCode.EEBADADDR, transport.Open(Kind.AnyPlace, Kind.WrongPlace).Result.Code);
        Assert.Equal(ResultCode.EEADDRINUSE, transport.Open(taken.LocalEndPoint, null).Result.Code);
        Assert.Equal(ResultCode.EEMODENOTSUPP, transport.Listen(Kind.AnyPlace, 1).Result.Code);
        var connected = await transport.ConnectAsync(taken.LocalEndPoint!, TimeSpan.FromSeconds(1), default);
        Assert.Equal(ResultCode.EEMODENOTSUPP, connected.Result.Code);
    }

    [Fact]
    public void A_socket_that_only_sends_needs_no_address_of_its_own()
    {
        var (server, _) = Open();
        var (socket, result) = Kind.Create(Options).Open(local: null, server.LocalEndPoint);
        Assert.True(result.IsSuccess, result.ToString());
        Assert.Equal(server.LocalEndPoint, socket!.RemoteEndPoint);
        socket.Abort(SocketResult.Of(ResultCode.EEABORTED));
    }
}

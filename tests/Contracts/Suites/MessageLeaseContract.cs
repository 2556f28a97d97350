using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class MessageLeaseContract(DatagramKind kind, ITestOutputHelper output) : DatagramSuite(kind, output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_call_on_a_lease_that_ended_is_refused(bool byNextLease)
    {
        var (_, peer) = Open();
        var (socket, old) = Open();
        var waiting = old.ReadAsync().AsTask();
        var ended = old.Ended;
        End(socket, byNextLease);
        Assert.True(await ended.Trips());
        Assert.Equal(ResultCode.EESECURITY, await EndOf(waiting));
        await Send(peer, "not for the old one", socket.LocalEndPoint);
        Assert.Equal(ResultCode.EESECURITY, await EndOf(old.ReadAsync().AsTask()));
        Assert.True(old.TryRead(out var read));
        Assert.Equal((MessageKind.End, ResultCode.EESECURITY), (read.Kind, read.Code));
        Assert.Equal(ResultCode.EESECURITY, old.Consume());
        Assert.Equal(ResultCode.EESECURITY, old.PutBack());
        Assert.Equal(ResultCode.EESECURITY, old.FinishSending());
        var message = "never"u8.ToArray();
        Assert.Equal(ResultCode.EESECURITY, (await old.SendAsync(message, socket.LocalEndPoint).Soon()).Code);
        Assert.Equal(ResultCode.EESECURITY, (await old.SendAsync(message).Soon()).Code);
        Assert.Equal(ResultCode.EESECURITY, (await old.ReplyAsync(message).Soon()).Code);
        Assert.Equal("not for the old one", await Take(socket.Lease(9)));
        Assert.Equal(0, socket.Status.Accepted);
    }

    [Fact]
    public async Task What_was_not_consumed_goes_to_the_next_owner_in_order_and_with_its_sender()
    {
        var (sender, peer) = Open();
        var (socket, first) = Open();
        for (var i = 0; i < 8; i++) await Send(peer, $"{i}", socket.LocalEndPoint);
        Assert.Equal("0", await Take(first));
        Assert.Equal("1", await Take(first));
        var second = socket.Lease(2);
        Assert.Equal((2, 2), (first.ConsumedPosition, second.ConsumedPosition));
        for (var i = 2; i < 8; i++)
        {
            var message = await second.ReadAsync().Soon();
            Assert.Equal(sender.LocalEndPoint, message.Facts.Address);
            Assert.Equal($"{i}"[0], (char)message.Bytes.Span[0]);
            second.Consume();
        }

        Assert.Equal((2, 8), (first.ConsumedPosition, second.ConsumedPosition));
    }

    [Fact]
    public async Task While_on_offer_nothing_is_delivered_and_a_revert_goes_on_where_it_was()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open();
        var pending = lease.ReadAsync().AsTask();
        Assert.True(socket.Offer().IsSuccess);
        Assert.Equal(ResultCode.EEALREADY, socket.Offer().Code);
        await Send(peer, "one", socket.LocalEndPoint);
        await Send(peer, "two", socket.LocalEndPoint);
        await Patience.Until(() => socket.Status.Unread == 2);
        Assert.True(await pending.IsStuck());
        var refused = await lease.SendAsync("x"u8.ToArray(), socket.LocalEndPoint).Soon();
        Assert.Equal(ResultCode.EESOCKRLSD, refused.Code);
        socket.Resume();
        Assert.Equal("one"u8.ToArray(), (await pending.Soon()).Bytes.ToArray());
        lease.Consume();
        Assert.Equal("two", await Take(lease));
    }

    [Fact]
    public async Task A_message_that_is_open_pins_the_socket_until_it_is_consumed_or_put_back()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open();
        await Send(peer, "one", socket.LocalEndPoint);
        await Send(peer, "two", socket.LocalEndPoint);
        await lease.ReadAsync().Soon();
        Assert.Equal(ResultCode.EEBUSY, socket.Offer().Code);
        lease.Consume();
        await lease.ReadAsync().Soon();
        Assert.Equal(ResultCode.EEBUSY, socket.Offer().Code);
        lease.PutBack();
        Assert.True(socket.Offer().IsSuccess);
        Assert.Equal("two", await Take(socket.Lease(2)));
        Assert.Throws<InvalidOperationException>(() => Open().Lease.Consume());
        Assert.Throws<InvalidOperationException>(() => Open().Lease.PutBack());
    }

    [Fact]
    public async Task A_message_stays_the_oldest_until_it_is_consumed()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open();
        await Send(peer, "one", socket.LocalEndPoint);
        await Send(peer, "two", socket.LocalEndPoint);
        for (var i = 0; i < 3; i++) Assert.Equal("one"u8.ToArray(), (await lease.ReadAsync().Soon()).Bytes.ToArray());
        lease.Consume();
        Assert.Equal("two", await Take(lease));
    }

    [Fact]
    public async Task A_torn_owner_never_sees_another_ones_message()
    {
        var pool = new BlockPool(blockSize: 256, maxIdle: 1);
        var (_, peer) = Open();
        var (socket, old) = Open(options: Options with { Blocks = pool, MaxMessage = 256 });
        await Send(peer, new string('a', 200), socket.LocalEndPoint);
        var seen = (await old.ReadAsync().Soon()).Bytes;
        socket.Tear();
        var next = socket.Lease(2);
        Assert.Equal(new string('a', 200), await Take(next));
        for (var i = 0; i < 50; i++)
        {
            await Send(peer, new string('b', 200), socket.LocalEndPoint);
            Assert.Equal(new string('b', 200), await Take(next));
            Assert.True(seen.Span.IndexOfAnyExcept((byte)'a') < 0, $"overwritten by message {i}");
        }
    }

    [Fact]
    public async Task An_owner_that_closed_never_sees_another_sockets_message_in_what_it_has_open()
    {
        var pool = new BlockPool(blockSize: 256, maxIdle: 1);
        var (_, peer) = Open();
        var (socket, old) = Open(options: Options with { Blocks = pool, MaxMessage = 256 });
        var (other, otherLease) = Open(options: Options with { Blocks = pool, MaxMessage = 256 });
        await Send(peer, new string('a', 200), socket.LocalEndPoint);
        var seen = (await old.ReadAsync().Soon()).Bytes;
        socket.Close();
        await socket.Completion.Soon();
        for (var i = 0; i < 20; i++)
        {
            await Send(peer, new string('b', 200), other.LocalEndPoint);
            Assert.Equal(new string('b', 200), await Take(otherLease));
            Assert.True(seen.Span.IndexOfAnyExcept((byte)'a') < 0, $"overwritten by message {i}");
        }
    }

    [Fact]
    public async Task A_read_is_cancelled_and_loses_nothing()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open();
        using var cancel = new CancellationTokenSource();
        var read = lease.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Soon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lease.ReadAsync(cancel.Token).AsTask());
        await Send(peer, "later", socket.LocalEndPoint);
        Assert.Equal("later", await Take(lease));
    }

    [Fact]
    public async Task A_closed_socket_refuses_by_code_and_ends_well()
    {
        var (_, peer) = Open();
        var (socket, lease) = Open();
        await Send(peer, "unread", socket.LocalEndPoint);
        await Patience.Until(() => socket.Status.Unread == 1);
        socket.Close();
        socket.Close();
        Assert.Equal(SocketResult.Success, await socket.Completion.Soon());
        Assert.Equal(SocketResult.Success, await socket.Finished.Soon());
        Assert.Equal(ResultCode.EEBADF, await EndOf(lease.ReadAsync().AsTask()));
        Assert.Equal(ResultCode.EEBADF, (await lease.SendAsync("x"u8.ToArray(), socket.LocalEndPoint).Soon()).Code);
        Assert.Equal(ResultCode.EEBADF, socket.Offer().Code);
        var (again, _) = Open(local: socket.LocalEndPoint);
        Assert.Equal(socket.LocalEndPoint, again.LocalEndPoint);
    }

    [Fact]
    public async Task An_abort_ends_at_once_and_says_why()
    {
        var (socket, lease) = Open();
        var waiting = lease.ReadAsync().AsTask();
        var why = new SocketResult(ResultCode.EEABORTED, "enough");
        socket.Abort(why);
        Assert.Equal(ResultCode.EEABORTED, await EndOf(waiting));
        Assert.Equal(why, await socket.Completion.Soon());
        Assert.Equal(why, await socket.Finished.Soon());
        Assert.Equal(ResultCode.EEABORTED, await EndOf(socket.Lease(2).ReadAsync().AsTask()));
    }

    [Fact]
    public async Task Datagrams_have_no_end_to_send()
    {
        var (_, lease) = Open();
        Assert.Equal(ResultCode.EEMODENOTSUPP, lease.FinishSending());
        await Send(lease, "still goes", Open().Socket.LocalEndPoint);
    }

    private static void End(MessageSocket socket, bool byNextLease)
    {
        if (byNextLease) socket.Lease(2);
        else socket.Tear();
    }
}

using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class SpliceTests : SocketTestKit
{
    private readonly TestProbe _owner;

    public SpliceTests(ITestOutputHelper output)
        : base(output) => _owner = CreateTestProbe();

    [Fact]
    public async Task Two_connections_of_an_owner_are_each_others_until_both_peers_have_finished()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        await client.SendAsync("early ");
        var splice = Splice(near.Handle, far.Handle);
        await client.SendAsync("question");
        Assert.Equal("early question", await server.ReceiveTextAsync(14));
        await server.SendAsync("answer");
        Assert.Equal("answer", await client.ReceiveTextAsync(6));
        _owner.ExpectNoMsg(TimeSpan.Zero);
        client.FinishSending();
        Assert.Empty(await server.ReceiveToEndAsync());
        await server.SendAsync("!");
        server.FinishSending();
        Assert.Equal("!"u8.ToArray(), await client.ReceiveToEndAsync());
        var ended = _owner.ExpectMsg<SpliceEnded>();
        Assert.Equal(new SpliceEnded(splice, SpliceEnd.Finished, SocketResult.Success, 14, 7), ended);
        Assert.Equal(2, new[] { _owner.ExpectMsg<Closed>(), _owner.ExpectMsg<Closed>() }
            .Select(closed => (closed.Handle, closed.Result.Code)).Distinct()
            .Count(closed => closed.Code is ResultCode.EESUCCESS));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unsplice_by_either_handle_gives_both_back_to_their_leases(bool byNear)
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(near.Handle, far.Handle);
        await client.SendAsync("theirs");
        await server.ReceiveAsync(6);
        var handle = byNear ? near.Handle : far.Handle;
        handle.Socket.Tell(new Unsplice(handle), _owner);
        Assert.Equal((SpliceEnd.Unspliced, 6L, 0L), Of(_owner.ExpectMsg<SpliceEnded>()));
        _owner.ExpectMsg<Confirmed>();
        await client.SendAsync("mine");
        Assert.Equal("mine", await near.Lease.ReadTextAsync(4));
        await far.Lease.WriteAsync("from me");
        Assert.Equal("from me", await server.ReceiveTextAsync(7));
        var target = CreateTestProbe();
        Release(_owner, far.Handle, target);
        Take(target);
    }

    [Fact]
    public async Task Owners_by_messages_are_told_nothing_meanwhile_and_go_on_afterwards()
    {
        var (near, client) = await OwnAsync(_owner, Reading.Active(4));
        var (far, server) = await OwnAsync(_owner, Reading.Active(4));
        using var _ = client;
        using var __ = server;
        await client.SendAsync("unconsumed ");
        _owner.ExpectMsg<Received>();
        Splice(near.Handle, far.Handle);
        await client.SendAsync("moved");
        Assert.Equal("unconsumed moved", await server.ReceiveTextAsync(16));
        foreach (var command in new ISocketCommand[]
        {
            new Write(near.Handle, "x"u8.ToArray()), new Consumed(near.Handle, 1), new FinishSending(far.Handle),
            new Shutdown(far.Handle, System.Net.Sockets.SocketShutdown.Send),
            new ReadBy(far.Handle, Reading.Once), new Release(near.Handle, _owner),
            new Splice(far.Handle, near.Handle),
        })
        {
            command.Handle.Socket.Tell(command, _owner);
            var refused = _owner.ExpectMsg<Refused>();
            Assert.Same(command, refused.Command);
            Assert.Equal(ResultCode.EEBUSY, refused.Result.Code);
        }

        near.Handle.Socket.Tell(new Unsplice(near.Handle), _owner);
        _owner.ExpectMsg<SpliceEnded>();
        _owner.ExpectMsg<Confirmed>();
        await server.SendAsync("back");
        var received = _owner.ExpectMsg<Received>();
        Assert.Equal((far.Handle, 0L), (received.Handle, received.Position));
        await client.SendAsync("more");
        received = _owner.ExpectMsg<Received>();
        Assert.Equal((near.Handle, 16L), (received.Handle, received.Position));
        far.Handle.Socket.Tell(new Write(far.Handle, "written"u8.ToArray()), _owner);
        Assert.Equal(23, _owner.ExpectMsg<Written>().Position);
    }

    [Fact]
    public async Task The_byte_after_the_limit_is_the_owners()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(new Splice(near.Handle, far.Handle) { Limit = 4, BothWays = false });
        await client.SendAsync("bodyrest");
        Assert.Equal((SpliceEnd.Limit, 4L, 0L), Of(_owner.ExpectMsg<SpliceEnded>()));
        Assert.Equal("body", await server.ReceiveTextAsync(4));
        Assert.Equal("rest", await near.Lease.ReadTextAsync(4));
    }

    [Fact]
    public async Task A_splice_that_moves_nothing_for_its_idle_time_is_dissolved()
    {
        var idle = TimeSpan.FromMinutes(1);
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(new Splice(near.Handle, far.Handle) { IdleTimeout = idle });
        Settle(near.Handle);
        await client.SendAsync("x");
        await server.ReceiveAsync(1);
        Time.Advance(idle);
        Settle(near.Handle);
        Time.Advance(idle / 2);
        Settle(near.Handle);
        _owner.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(idle / 2);
        var ended = _owner.ExpectMsg<SpliceEnded>();
        Assert.Equal((SpliceEnd.Idle, ResultCode.EETIMEDOUT, 1L), (ended.Why, ended.Result.Code, ended.There));
        await far.Lease.WriteAsync("y");
        Assert.Equal("y", await server.ReceiveTextAsync(1));
    }

    [Fact]
    public async Task A_close_of_one_ends_the_splice_and_leaves_the_other_to_the_owner()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(near.Handle, far.Handle);
        await client.SendAsync("moved");
        await server.ReceiveAsync(5);
        far.Handle.Socket.Tell(new Close(far.Handle), _owner);
        Assert.Equal((SpliceEnd.Closed, 5L, 0L), Of(_owner.ExpectMsg<SpliceEnded>()));
        Assert.Empty(await server.ReceiveToEndAsync());
        server.Dispose();
        Assert.Equal(far.Handle, _owner.ExpectMsg<Closed>().Handle);
        await near.Lease.WriteAsync("sorry");
        Assert.Equal("sorry", await client.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task A_reset_is_told_by_the_end_of_the_splice_and_then_by_the_end_of_the_connection()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = server;
        Splice(near.Handle, far.Handle);
        client.Reset();
        var ended = _owner.ExpectMsg<SpliceEnded>();
        Assert.Equal((SpliceEnd.Failed, ResultCode.EERESET), (ended.Why, ended.Result.Code));
        Assert.Equal((near.Handle, ResultCode.EERESET), Of(_owner.ExpectMsg<Closed>()));
        await far.Lease.WriteAsync("alive");
        Assert.Equal("alive", await server.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task The_death_of_the_owner_dissolves_the_splice_before_the_heir_is_asked()
    {
        var heir = CreateTestProbe();
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        near.Handle.Socket.Tell(new SetHeir(near.Handle, heir), _owner);
        _owner.ExpectMsg<Confirmed>();
        Splice(near.Handle, far.Handle);
        await client.SendAsync("moved");
        await server.ReceiveAsync(5);
        Sys.Stop(_owner);
        var inherited = Take(heir);
        Assert.Empty(await server.ReceiveToEndAsync());
        await client.SendAsync("inherited");
        Assert.Equal("inherited", await inherited.Lease.ReadTextAsync(9));
        Assert.Equal(5, inherited.Consumed);
    }

    [Fact]
    public async Task A_restarted_owner_that_takes_one_of_the_two_up_again_is_told_and_has_both()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(near.Handle, far.Handle);
        await client.SendAsync("moved");
        await server.ReceiveAsync(5);
        far.Handle.Socket.Tell(new Reattach(far.Handle, _owner), _owner);
        Assert.Equal((SpliceEnd.Reattached, 5L, 0L), Of(_owner.ExpectMsg<SpliceEnded>()));
        var again = _owner.ExpectMsg<Acquired>();
        Assert.Equal((2L, 5L), (again.Handle.Epoch, again.Written));
        Splice(near.Handle, again.Handle);
        await client.SendAsync("once more");
        Assert.Equal("once more", await server.ReceiveTextAsync(9));
    }

    [Fact]
    public async Task A_stop_of_one_sockets_actor_leaves_the_other_to_the_owner()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        Splice(near.Handle, far.Handle);
        Sys.Stop(near.Handle.Socket);
        Assert.Equal(SpliceEnd.Closed, _owner.ExpectMsg<SpliceEnded>().Why);
        Assert.Equal(near.Handle, _owner.ExpectMsg<Closed>().Handle);
        await far.Lease.WriteAsync("alive");
        Assert.Equal("alive", await server.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task A_thousand_splices_of_the_same_two_leave_nothing_behind()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        var sending = Task.Run(() => client.SendAsync(new byte[1000]));
        for (var round = 0; round < 1000; round++)
        {
            var isNear = round % 2 == 0;
            var (one, other) = isNear ? (near.Handle, far.Handle) : (far.Handle, near.Handle);
            Splice(new Splice(one, other) { IdleTimeout = TimeSpan.FromHours(1) });
            other.Socket.Tell(new Unsplice(other), _owner);
            _owner.ExpectMsg<SpliceEnded>();
            _owner.ExpectMsg<Confirmed>();
        }

        await sending;
        Splice(near.Handle, far.Handle);
        await server.ReceiveAsync(1000);
    }

    private Splice Splice(SocketHandle near, SocketHandle far) => Splice(new Splice(near, far));

    private Splice Splice(Splice splice)
    {
        splice.Handle.Socket.Tell(splice, _owner);
        Assert.Same(splice, _owner.ExpectMsg<Confirmed>().Command);
        return splice;
    }

    // What was told to it before has been dealt with.
    private void Settle(SocketHandle handle) => StatusOf(CreateTestProbe(), handle.Socket);

    private static (SpliceEnd, long, long) Of(SpliceEnded ended) => (ended.Why, ended.There, ended.Back);

    private static (SocketHandle, ResultCode) Of(Closed closed) => (closed.Handle, closed.Result.Code);
}

using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class SpliceRefusalTests : SocketTestKit
{
    private readonly TestProbe _owner;

    public SpliceRefusalTests(ITestOutputHelper output)
        : base(output, "handoff.splice.max-idle-timeout = 1h") => _owner = CreateTestProbe();

    [Fact]
    public async Task A_splice_that_cannot_be_is_refused_by_code_and_has_no_effect()
    {
        var (stranger, gone) = (CreateTestProbe(), CreateTestProbe());
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        var (theirs, third) = await OwnAsync(stranger);
        var (closed, fourth) = await OwnAsync(gone);
        var peers = new[] { client, server, third, fourth };
        var listening = Listen(_owner);
        Handoff.Sockets.Tell(new Bind(new IPEndPoint(IPAddress.Loopback, 0), _owner), _owner);
        var datagrams = _owner.ExpectMsg<Acquired>();
        closed.Handle.Socket.Tell(new Abort(closed.Handle), gone);
        gone.ExpectMsg<Closed>();
        Watch(closed.Handle.Socket);
        ExpectTerminated(closed.Handle.Socket);
        foreach (var (splice, code) in new[]
        {
            (new Splice(near.Handle, theirs.Handle), ResultCode.EESECURITY),
            (new Splice(near.Handle, null!), ResultCode.EESECURITY),
            (new Splice(near.Handle, near.Handle), ResultCode.EEBADDATA),
            (new Splice(near.Handle, far.Handle) { Limit = 0 }, ResultCode.EEBADDATA),
            (new Splice(near.Handle, far.Handle) { LimitBack = -1 }, ResultCode.EEBADDATA),
            (new Splice(near.Handle, far.Handle) { IdleTimeout = TimeSpan.Zero }, ResultCode.EEQUOTA),
            (new Splice(near.Handle, far.Handle) { IdleTimeout = TimeSpan.FromHours(2) }, ResultCode.EEQUOTA),
            (new Splice(near.Handle, listening.Handle), ResultCode.EEMODENOTSUPP),
            (new Splice(listening.Handle, near.Handle), ResultCode.EEMODENOTSUPP),
            (new Splice(near.Handle, datagrams.Handle), ResultCode.EEMODENOTSUPP),
            (new Splice(datagrams.Handle, near.Handle), ResultCode.EEMODENOTSUPP),
            (new Splice(near.Handle, closed.Handle), ResultCode.EEBADF),
        })
        {
            Assert.Equal(code, Asked(splice));
        }

        Assert.Equal(ResultCode.EENOTCONN, Asked(new Unsplice(near.Handle)));
        near.Handle.Socket.Tell(new Splice(theirs.Handle, near.Handle), stranger);
        Assert.Equal(ResultCode.EESECURITY, stranger.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(near.Handle, far.Handle)));
        foreach (var peer in peers) peer.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Policy_is_asked_about_both_connections_for_both_are_written_to(bool isNear)
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        var forbidden = isNear ? near.Facts.Id : far.Facts.Id;
        policy.RefuseIf(question => question.Does(SocketOperations.Write) && question.Socket?.Id == forbidden);
        Assert.Equal(ResultCode.EESECURITY, Asked(new Splice(near.Handle, far.Handle)));
        policy.Refuse(SocketOperations.None);
        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(near.Handle, far.Handle)));
    }

    [Fact]
    public async Task An_owner_that_is_in_the_middle_of_something_is_busy()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        await server.SendAsync("x");
        var read = await far.Lease!.Input.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(ResultCode.EEBUSY, Asked(new Splice(near.Handle, far.Handle)));
        Assert.Equal(ResultCode.EEBUSY, Asked(new Splice(far.Handle, near.Handle)));
        far.Lease.Input.AdvanceTo(read.Buffer.Start);
        near.Lease!.Output.GetMemory();
        near.Lease.Output.Advance(1);
        Assert.Equal(ResultCode.EEBUSY, Asked(new Splice(near.Handle, far.Handle)));
        await near.Lease.Output.FlushAsync().AsTask().WaitAsync(Patience);
        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(near.Handle, far.Handle)));
    }

    [Fact]
    public async Task A_socket_that_is_on_offer_or_spliced_takes_no_part()
    {
        var target = CreateTestProbe();
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        var (third, other) = await OwnAsync(_owner);
        var peers = new[] { client, server, other };
        var release = Release(_owner, far.Handle, target);
        target.ExpectMsg<Offered>();
        Assert.Equal(ResultCode.EESOCKRLSD, Asked(new Splice(near.Handle, far.Handle)));
        Assert.Equal(ResultCode.EESOCKRLSD, Asked(new Splice(far.Handle, near.Handle)));
        far.Handle.Socket.Tell(new Revoke(far.Handle, release), _owner);
        _owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(near.Handle, far.Handle)));
        Assert.Equal(ResultCode.EEBUSY, Asked(new Splice(third.Handle, far.Handle)));
        Assert.Equal(ResultCode.EEBUSY, Asked(new Splice(far.Handle, third.Handle)));
        foreach (var peer in peers) peer.Dispose();
    }

    [Fact]
    public async Task A_peer_that_was_told_the_end_cannot_be_spliced_to()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        await far.Lease!.Output.CompleteAsync();
        Assert.Equal(ResultCode.EENOTCONN, Asked(new Splice(near.Handle, far.Handle)));
    }

    [Fact]
    public async Task Two_that_ask_for_each_other_at_the_same_time_end_with_one_splice_or_none()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        for (var round = 0; round < 200; round++)
        {
            near.Handle.Socket.Tell(new Splice(near.Handle, far.Handle), _owner);
            far.Handle.Socket.Tell(new Splice(far.Handle, near.Handle), _owner);
            var answers = new[] { _owner.ExpectMsg<object>(), _owner.ExpectMsg<object>() };
            var begun = answers.Count(answer => answer is Confirmed);
            Assert.All(answers.OfType<Refused>(), no => Assert.Equal(ResultCode.EEBUSY, no.Result.Code));
            Assert.InRange(begun, 0, 1);
            if (begun == 0) continue;
            near.Handle.Socket.Tell(new Unsplice(near.Handle), _owner);
            _owner.ExpectMsg<SpliceEnded>();
            _owner.ExpectMsg<Confirmed>();
        }
    }

    [Fact]
    public async Task A_socket_that_does_not_answer_is_waited_for_with_a_bound_and_takes_no_part_later()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        using (var hurdle = Hurdle.In(far.Handle.Socket))
        {
            near.Handle.Socket.Tell(new Splice(near.Handle, far.Handle), _owner);
            StatusOf(CreateTestProbe(), near.Handle.Socket);
            Time.Advance(Handoff.Settings.Splices.JoinTimeout);
            Assert.Equal(ResultCode.EETIMEDOUT, _owner.ExpectMsg<Refused>().Result.Code);
        }

        await server.SendAsync("mine");
        Assert.Equal("mine", await far.Lease.ReadTextAsync(4));
        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(far.Handle, near.Handle)));
    }

    [Fact]
    public async Task A_splice_is_taken_back_before_the_other_socket_has_answered()
    {
        var (near, client) = await OwnAsync(_owner);
        var (far, server) = await OwnAsync(_owner);
        using var _ = client;
        using var __ = server;
        using (var hurdle = Hurdle.In(far.Handle.Socket))
        {
            near.Handle.Socket.Tell(new Splice(near.Handle, far.Handle), _owner);
            near.Handle.Socket.Tell(new Unsplice(near.Handle), _owner);
            Assert.Equal(ResultCode.EEINTR, _owner.ExpectMsg<Refused>().Result.Code);
            _owner.ExpectMsg<Confirmed>();
        }

        Assert.Equal(ResultCode.EESUCCESS, Asked(new Splice(far.Handle, near.Handle)));
    }

    private ResultCode Asked(ISocketCommand command)
    {
        command.Handle.Socket.Tell(command, _owner);
        return _owner.ExpectMsg<object>() is Refused refused ? refused.Result.Code : ResultCode.EESUCCESS;
    }
}

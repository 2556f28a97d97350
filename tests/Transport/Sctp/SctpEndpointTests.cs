using System.IO.Pipelines;
using System.Net;
using System.Text;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Transport.Tests.Sctp;

/// <summary>How a one-to-many socket is sorted to its associations, step by step on one thread.</summary>
public sealed class SctpEndpointTests
{
    private readonly ScriptedMany _socket = new();
    private readonly SctpEndpoint _endpoint;
    private readonly byte[] _buffer = new byte[100];

    public SctpEndpointTests()
    {
        _endpoint = new SctpEndpoint(_socket, new EndpointOptions
        {
            Backlog = 2,
            OfferMessages = 4,
            OfferBuffer = 40,
            ReceiveSize = 100,
            Scheduler = PipeScheduler.Inline,
        });
        _endpoint.Start();
    }

    [Fact]
    public void What_comes_for_an_association_that_its_owner_closed_aborts_it()
    {
        var one = Joined(1);
        one.Dispose();
        Assert.Equal(["EndAssociation 1"], _socket.Done);
        _socket.Bring(1, "too late");
        Assert.Equal(["EndAssociation 1", "Abort 1"], _socket.Done);
        _socket.Bring(new SctpLost(new(1), ResultCode.EEABORTED, 0));
        Assert.Equal(0, _endpoint.Count);
    }

    [Fact]
    public void One_that_is_closed_with_messages_that_nobody_received_is_aborted()
    {
        var one = Joined(1);
        _socket.Bring(1, "unread");
        one.Dispose();
        Assert.Equal(["Abort 1"], _socket.Done);
    }

    [Fact]
    public void A_graceful_end_that_finds_no_room_is_an_abort()
    {
        var one = Joined(1);
        _socket.Sends = ResultCode.EEWOULDBLOCK;
        one.Dispose();
        Assert.Equal(["EndAssociation 1", "Abort 1"], _socket.Done);
    }

    [Theory]
    [InlineData(ResultCode.EENOTCONN)]
    [InlineData(ResultCode.EEBADF)]
    public void One_that_has_ended_meanwhile_is_ended_once(ResultCode code)
    {
        var one = Joined(1);
        _socket.Sends = code;
        one.Dispose();
        Assert.Equal(["EndAssociation 1"], _socket.Done);
    }

    [Fact]
    public void One_that_has_ended_is_not_ended_by_its_close_and_its_id_may_come_again()
    {
        var one = Joined(1);
        _socket.Bring(new SctpShutdownComplete(new(1)));
        one.Dispose();
        Assert.Empty(_socket.Done);
        var again = Joined(1);
        _socket.Bring(1, "for the second");
        Assert.Equal("for the second", Received(again));
    }

    [Fact]
    public void What_came_before_the_peel_comes_before_what_comes_by_the_own_socket()
    {
        var one = Joined(1);
        var own = PeelsOff();
        own.Brings.Enqueue(new SctpReceived(ResultCode.EESUCCESS, 3, true));
        for (var i = 0; i < 4; i++) _socket.Bring(1, $"{i}");
        Assert.True(one.IsPeeledOff);
        Assert.Equal(["peel off 1"], _socket.Done);
        for (var i = 0; i < 4; i++) Assert.Equal($"{i}", Received(one));
        Assert.Equal(3, one.TryReceive(_buffer).Bytes);
        Assert.Equal(ResultCode.EEWOULDBLOCK, one.TryReceive(_buffer).Code);
        Assert.Equal(0, _endpoint.Count);
        one.TrySend("mine"u8, default);
        Assert.Equal("send mine", own.Done[^1]);
        one.Dispose();
        Assert.Equal("dispose", own.Done[^1]);
        Assert.Equal(["peel off 1"], _socket.Done);
    }

    [Fact]
    public async Task Whoever_the_peeling_itself_wakes_to_send_waits_until_there_is_a_socket_to_send_by()
    {
        var one = Joined(1);
        var own = PeelsOff();
        var (peelsOff, code) = (_socket.PeelsOff, ResultCode.EESUCCESS);
        Task<IoResult>? room = null;
        _socket.PeelsOff = id =>
        {
            // As where the wait for room of the many ends inside of the call.
            code = one.TrySend("too early"u8, default).Code;
            room = one.WaitWritableAsync().AsTask();
            return peelsOff(id);
        };
        Assert.True(one.PeelOff(SctpPeelFlags.None).IsSuccess);
        Assert.Equal(ResultCode.EEWOULDBLOCK, code);
        Assert.True((await room!.WaitAsync(TimeSpan.FromSeconds(20))).IsSuccess);
        one.TrySend("now"u8, default);
        Assert.Equal(["peel off 1"], _socket.Done);
        Assert.Equal("send now", own.Done[^1]);
    }

    [Fact]
    public void One_that_was_peeled_off_leaves_the_process_once_what_came_before_was_received()
    {
        var one = Joined(1);
        var own = PeelsOff();
        _socket.Bring(1, "before");
        Assert.True(one.PeelOff(SctpPeelFlags.None).IsSuccess);
        Assert.Equal(ResultCode.EEBUSY, one.Lend().Code);
        Assert.Empty(own.Done);
        Assert.Equal("before", Received(one));
        Assert.Equal(ResultCode.EESUCCESS, one.Lend().Code);
        Assert.Equal(["lend"], own.Done);
    }

    [Fact]
    public void Where_one_cannot_be_peeled_off_nothing_is_received_until_half_of_it_was()
    {
        var (slow, other) = (Joined(1), Joined(2));
        for (var i = 0; i < 5; i++) _socket.Bring(1, $"{i}");
        _socket.Bring(2, "behind it");
        Assert.Equal(2, _socket.Waiting);
        Assert.Equal(ResultCode.EEWOULDBLOCK, other.TryReceive(_buffer).Code);
        Assert.Equal("0", Received(slow));
        Assert.Equal(2, _socket.Waiting);
        Assert.Equal("1", Received(slow));
        Assert.Equal(0, _socket.Waiting);
        Assert.Equal("behind it", Received(other));
        for (var i = 2; i < 5; i++) Assert.Equal($"{i}", Received(slow));
    }

    [Fact]
    public void Bytes_are_a_bound_as_well()
    {
        var one = Joined(1);
        PeelsOff();
        _socket.Bring(1, new string('a', 39));
        Assert.False(one.IsPeeledOff);
        _socket.Bring(1, "a");
        Assert.True(one.IsPeeledOff);
    }

    [Fact]
    public void An_owner_that_closes_what_held_up_the_others_lets_them_go_on()
    {
        var (slow, other) = (Joined(1), Joined(2));
        for (var i = 0; i < 4; i++) _socket.Bring(1, $"{i}");
        _socket.Bring(2, "hello");
        Assert.Equal(1, _socket.Waiting);
        slow.Dispose();
        Assert.Equal("hello", Received(other));
    }

    [Fact]
    public void One_that_held_up_the_others_and_is_peeled_off_lets_them_go_on()
    {
        var (slow, other) = (Joined(1), Joined(2));
        for (var i = 0; i < 4; i++) _socket.Bring(1, $"{i}");
        _socket.Bring(2, "hello");
        PeelsOff();
        Assert.True(slow.PeelOff(SctpPeelFlags.None).IsSuccess);
        Assert.Equal("hello", Received(other));
    }

    [Fact]
    public async Task One_more_than_may_wait_to_be_accepted_is_aborted()
    {
        for (var id = 1; id <= 3; id++) _socket.Up(id);
        Assert.Equal(["Abort 3"], _socket.Done);
        for (var id = 1; id <= 2; id++)
            Assert.Equal(id, (await _endpoint.AcceptAsync(default)).Socket!.Association.Value);
    }

    [Fact]
    public async Task A_call_is_up_or_says_why_it_is_not()
    {
        var up = CallAsync(1);
        Assert.False(up.IsCompleted);
        _socket.Up(1);
        Assert.Equal(ResultCode.EESUCCESS, await up);
        var refused = CallAsync(2);
        _socket.Bring(new SctpCannotStart(new(2), ResultCode.EECONNREFUSED));
        Assert.Equal(ResultCode.EECONNREFUSED, await refused);
        _socket.Up(3);
        var crowded = CallAsync(4);
        _socket.Up(4);
        Assert.Equal(ResultCode.EEQUOTA, await crowded);
        Assert.Equal(["Abort 4"], _socket.Done);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_given_up_and_told_once()
    {
        using var cancel = new CancellationTokenSource();
        var call = CallAsync(1, cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(ResultCode.EEINTR, await call);
        Assert.Equal(["Abort 1"], _socket.Done);
    }

    [Fact]
    public void One_that_a_message_was_to_begin_and_did_not_is_told_to_who_asked_for_that()
    {
        var told = new List<SctpCannotStart>();
        _endpoint.NotBegun = (what, _) => told.Add(what);
        var failed = new SctpCannotStart(default, ResultCode.EETIMEDOUT);
        _socket.Bring(failed);
        Assert.Equal([failed], told);
    }

    [Fact]
    public async Task A_close_takes_no_more_and_the_socket_is_closed_after_the_last_association()
    {
        var (first, second) = (Joined(1), Joined(2));
        _socket.Up(3);
        var call = CallAsync(4);
        _endpoint.Dispose();
        Assert.Equal(ResultCode.EEBADF, await call);
        Assert.Equal(["listen 0", "Abort 4", "Abort 3"], _socket.Done);
        Assert.Equal(ResultCode.EEBADF, (await _endpoint.AcceptAsync(default)).Code);
        foreach (var id in new[] { 3, 1 }) _socket.Bring(new SctpLost(new(id), ResultCode.EEABORTED, 0));
        _socket.Up(5);
        Assert.Equal("Abort 5", _socket.Done[^1]);
        _socket.Bring(new SctpLost(new(5), ResultCode.EEABORTED, 0));
        _socket.Bring(new SctpShutdownComplete(new(2)));
        Assert.False(_endpoint.Running.IsCompleted);
        _socket.Bring(new SctpCannotStart(new(4), ResultCode.EEABORTED));
        Assert.Equal("dispose", _socket.Done[^1]);
        await _endpoint.Running;
        Assert.IsType<SctpLost>(first.TryReceive(_buffer).Event);
        Assert.IsType<SctpShutdownComplete>(second.TryReceive(_buffer).Event);
    }

    [Fact]
    public async Task Whoever_is_here_when_the_socket_goes_hears_that_it_is_over()
    {
        var one = Joined(1);
        _socket.Dispose();
        await _endpoint.Running;
        Assert.Equal(ResultCode.EEABORTED, Assert.IsType<SctpLost>(one.TryReceive(_buffer).Event).Code);
        Assert.Equal(ResultCode.EENOTCONN, one.TrySend("a"u8, default).Code);
    }

    private SharedAssociation Joined(int id)
    {
        _socket.Up(id);
        var accepted = _endpoint.AcceptAsync(default).AsTask();
        Assert.True(accepted.IsCompletedSuccessfully);
        var one = accepted.Result.Socket!;
        Assert.IsType<SctpUp>(one.TryReceive(_buffer).Event);
        return one;
    }

    private ScriptedAssociation PeelsOff()
    {
        var own = new ScriptedAssociation();
        _socket.PeelsOff = _ => own;
        return own;
    }

    private string Received(SharedAssociation one)
    {
        var what = one.TryReceive(_buffer);
        Assert.Equal((ResultCode.EESUCCESS, null), (what.Code, what.Event));
        return Encoding.ASCII.GetString(_buffer, 0, what.Bytes);
    }

    private Task<ResultCode> CallAsync(int id, CancellationToken token = default) =>
        _endpoint.ConnectAsync([new IPEndPoint(IPAddress.Loopback, id)], token);
}

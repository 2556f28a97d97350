using System.Text;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Sockets.Messages;

public sealed class MessageSendTests
{
    private static readonly IoResult NoRoom = IoResult.Failed(ResultCode.EEWOULDBLOCK);

    private readonly Turns _turns = new();
    private readonly List<string> _sent = [];
    private ScriptedDatagrams _scripted = new();

    private MessageOptions Options => new(_turns, _turns) { SendMessages = 4 };

    [Fact]
    public async Task What_finds_no_room_is_sent_later_in_order_and_at_the_bound_a_send_waits()
    {
        var socket = Stalled(Options, out var scripted);
        var lease = socket.Lease(1);
        for (var i = 0; i < 4; i++) Assert.True(lease.SendAsync(Text(i), ScriptedDatagrams.Somewhere).Now().IsSuccess);
        var waiting = lease.SendAsync(Text(4), ScriptedDatagrams.Somewhere).AsTask();
        _turns.RunAll();
        Assert.Equal((4, 4), (socket.Status.Accepted, socket.Status.Unsent));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => lease.SendAsync(Text(9), ScriptedDatagrams.Somewhere).AsTask());
        Assert.Equal(ResultCode.EEBUSY, socket.Offer().Code);
        scripted.Try = null;
        Go();
        Go();
        Assert.False(waiting.IsCompleted);
        Go();
        Assert.True(waiting.Now().IsSuccess);
        Go();
        Go();
        Assert.Equal(["0", "1", "2", "3", "4"], _sent);
        Assert.Equal((5, 5, 0), (lease.SentPosition, socket.Status.Sent, socket.Status.UnsentBytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_a_pending_reply_will_consume_is_not_to_be_done_with_otherwise(bool isCancelled)
    {
        var left = 3;
        var scripted = new ScriptedDatagrams { Try = _ => NoRoom };
        scripted.Receive = () =>
        {
            if (--left == 0) scripted.Receive = null;
            return new DatagramResult(1, ScriptedDatagrams.Somewhere, DatagramMarks.None, ResultCode.EESUCCESS);
        };
        var lease = Started(scripted, Options with { SendMessages = 1 }).Lease(1);
        _turns.RunAll();
        Assert.True(lease.TryRead(out _));
        Assert.True(lease.ReplyAsync(Text(0)).Now().IsSuccess);
        Assert.True(lease.TryRead(out _));
        using var cancel = new CancellationTokenSource();
        var reply = lease.ReplyAsync(Text(1), cancel.Token).AsTask();
        Assert.False(reply.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => lease.Consume());
        Assert.Throws<InvalidOperationException>(() => lease.PutBack());
        Assert.Equal(1, lease.ConsumedPosition);
        if (isCancelled)
        {
            await cancel.CancelAsync();
            lease.PutBack();
            Go();
            Assert.Equal(1, lease.ConsumedPosition);
            return;
        }

        Go();
        Assert.True(reply.Now().IsSuccess);
        Assert.Equal(2, lease.ConsumedPosition);
        Assert.True(lease.TryRead(out var third) && third.IsOpen);
        Assert.Equal(ResultCode.EESUCCESS, lease.Consume());
    }

    [Fact]
    public void At_the_bound_of_bytes_a_send_waits_too()
    {
        var socket = Stalled(Options with { SendMessages = 100, SendBuffer = 10 }, out _);
        var lease = socket.Lease(1);
        Assert.True(lease.SendAsync(new byte[30], ScriptedDatagrams.Somewhere).Now().IsSuccess);
        Assert.False(lease.SendAsync(new byte[1], ScriptedDatagrams.Somewhere).AsTask().IsCompleted);
    }

    [Fact]
    public void What_an_owner_had_accepted_goes_out_before_the_next_ones()
    {
        var socket = Stalled(Options, out var scripted);
        var old = socket.Lease(1);
        for (var i = 0; i < 3; i++) old.SendAsync(Text(i), ScriptedDatagrams.Somewhere).Now();
        Assert.True(socket.Offer().IsSuccess);
        var next = socket.Lease(2);
        scripted.Try = null; // there is room again, and all the same it has to queue
        Assert.True(next.SendAsync(Text(3), ScriptedDatagrams.Somewhere).Now().IsSuccess);
        for (var i = 0; i < 4; i++) Go();
        Assert.Equal(["0", "1", "2", "3"], _sent);
    }

    [Fact]
    public void A_send_that_waits_when_the_lease_ends_was_not_accepted_and_is_never_sent()
    {
        var socket = Stalled(Options with { SendMessages = 1 }, out _);
        var old = socket.Lease(1);
        old.SendAsync(Text(0), ScriptedDatagrams.Somewhere).Now();
        var waiting = old.SendAsync(Text(1), ScriptedDatagrams.Somewhere).AsTask();
        socket.Tear();
        _turns.RunAll();
        Assert.Equal(ResultCode.EESECURITY, waiting.Now().Code);
        socket.Lease(2);
        Go();
        Assert.Equal(["0"], _sent);
        Assert.Equal(1, socket.Status.Accepted);
    }

    [Fact]
    public void A_send_that_waits_and_is_cancelled_is_never_sent()
    {
        var socket = Stalled(Options with { SendMessages = 1 }, out _);
        var lease = socket.Lease(1);
        lease.SendAsync(Text(0), ScriptedDatagrams.Somewhere).Now();
        using var cancel = new CancellationTokenSource();
        var waiting = lease.SendAsync(Text(1), ScriptedDatagrams.Somewhere, cancel.Token).AsTask();
        cancel.Cancel();
        _turns.RunAll();
        Assert.True(waiting.IsCanceled);
        Go();
        Assert.Equal(["0"], _sent);
    }

    [Fact]
    public void Where_nothing_tells_of_room_the_send_says_that_there_is_none()
    {
        var scripted = new ScriptedDatagrams { CanWaitToSend = false, Try = _ => NoRoom };
        var socket = Started(scripted, Options);
        var answer = socket.Lease(1).SendAsync(Text(0), ScriptedDatagrams.Somewhere).Now();
        Assert.Equal((ResultCode.EEWOULDBLOCK, 0), (answer.Code, socket.Status.Accepted));
    }

    [Fact]
    public void A_close_sends_what_was_accepted_first()
    {
        var socket = Stalled(Options, out _);
        var lease = socket.Lease(1);
        for (var i = 0; i < 3; i++) lease.SendAsync(Text(i), ScriptedDatagrams.Somewhere).Now();
        socket.Close();
        _turns.RunAll();
        Assert.False(socket.Completion.IsCompleted);
        for (var i = 0; i < 3; i++) Go();
        Assert.Equal(["0", "1", "2"], _sent);
        Assert.Equal(SocketResult.Success, socket.Completion.Now());
        Assert.True(socket.Finished.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_close_that_cannot_send_ends_at_its_bound()
    {
        var time = new FakeTimer();
        var socket = Stalled(Options with { TimeProvider = time }, out _);
        socket.Lease(1).SendAsync(Text(0), ScriptedDatagrams.Somewhere).Now();
        socket.Close();
        _turns.RunAll();
        Assert.Equal(TimeSpan.FromSeconds(10), time.Due);
        time.Pass();
        _turns.RunAll();
        Assert.Equal(ResultCode.EETIMEDOUT, socket.Completion.Now().Code);
    }

    [Fact]
    public void The_failure_of_an_earlier_message_costs_not_the_next_one_and_is_told()
    {
        var failures = 1;
        var scripted = new ScriptedDatagrams(isConnected: true)
        {
            Try = message =>
            {
                if (failures-- > 0) return IoResult.Failed(ResultCode.EECONNREFUSED);
                _sent.Add(Encoding.ASCII.GetString(message.Span));
                return IoResult.Moved(message.Length);
            },
        };
        var lease = Started(scripted, Options).Lease(1);
        Assert.True(lease.SendAsync(Text(0)).Now().IsSuccess);
        Assert.Equal(["0"], _sent);
        Assert.True(lease.TryRead(out var told));
        Assert.Equal((MessageKind.Failure, ResultCode.EECONNREFUSED), (told.Kind, told.Code));
        lease.Consume();
        failures = 1;
        scripted.Try = _ => IoResult.Failed(
            failures-- > 0 ? ResultCode.EECONNREFUSED : ResultCode.EENOTCONN);
        Assert.Equal(ResultCode.EECONNREFUSED, lease.SendAsync(Text(1)).Now().Code);
        Assert.False(lease.TryRead(out _));
        Assert.Equal(1, lease.SentPosition);
    }

    [Fact]
    public void What_was_queued_and_failed_is_told_with_its_receiver_and_the_rest_goes_on()
    {
        var socket = Stalled(Options, out _);
        var lease = socket.Lease(1);
        for (var i = 0; i < 3; i++) lease.SendAsync(Text(i), ScriptedDatagrams.Somewhere).Now();
        Go(IoResult.Failed(ResultCode.EESENDTO));
        Go();
        Go();
        Assert.Equal(["1", "2"], _sent);
        Assert.True(lease.TryRead(out var told));
        Assert.Equal((MessageKind.Failure, ResultCode.EESENDTO), (told.Kind, told.Code));
        Assert.Equal(ScriptedDatagrams.Somewhere, told.Facts.Address);
    }

    [Fact]
    public void The_end_of_a_connection_follows_what_was_accepted()
    {
        var scripted = new ScriptedDatagrams(isConnected: true) { HasEnd = true, Try = _ => NoRoom };
        var socket = Started(scripted, Options);
        var lease = socket.Lease(1);
        lease.SendAsync(Text(0)).Now();
        Assert.Equal(ResultCode.EESUCCESS, lease.FinishSending());
        Assert.Equal(ResultCode.EESUCCESS, lease.FinishSending());
        Assert.Equal(ResultCode.EENOTCONN, lease.SendAsync(Text(1)).Now().Code);
        Assert.Equal(0, scripted.Ends);
        Go();
        Assert.Equal((1, 1), (scripted.Ends, _sent.Count));
    }

    [Fact]
    public void The_end_of_what_is_lent_is_not_its_borrowers_to_send()
    {
        var scripted = new ScriptedDatagrams(isConnected: true) { HasEnd = true };
        var socket = Started(scripted, Options);
        var borrowed = socket.Lend(1);
        Assert.Equal(ResultCode.EESOCKRLSD, borrowed.FinishSending());
        Assert.True(borrowed.SendAsync(Text(0)).Now().IsSuccess);
        Assert.Equal(0, scripted.Ends);
        Assert.Equal(ResultCode.EESUCCESS, socket.Lease(2).FinishSending());
        Assert.Equal(1, scripted.Ends);
    }

    private static byte[] Text(int number) => Encoding.ASCII.GetBytes($"{number}");

    private MessageSocket Started(ScriptedDatagrams scripted, MessageOptions options)
    {
        _scripted = scripted;
        var socket = new MessageSocket(scripted, options);
        socket.Start();
        return socket;
    }

    // Nothing finds room at once, and what waits goes when the test says so.
    private MessageSocket Stalled(MessageOptions options, out ScriptedDatagrams scripted)
    {
        scripted = new ScriptedDatagrams { Try = _ => NoRoom };
        return Started(scripted, options);
    }

    private void Go(IoResult? result = null)
    {
        _turns.RunAll();
        var sent = _scripted.Go(result);
        if (result is null) _sent.Add(Encoding.ASCII.GetString(sent));
        _turns.RunAll();
    }
}

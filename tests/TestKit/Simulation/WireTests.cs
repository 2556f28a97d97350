using Handoff.TestKit.Simulation;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Tests.Simulation;

public sealed class WireTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Without_latency_nothing_waits_for_the_clock()
    {
        using var ends = new Ends();
        var (near, far) = ends.Connected();
        Assert.Equal(IoResult.Moved(100), ends.Send(near, 100));
        Assert.Equal(Ends.Bytes(100), ends.Receive(far).Bytes);
        Assert.Equal(TimeSpan.Zero, ends.Clock.Elapsed);
        Assert.Null(ends.Clock.NextDue);
    }

    [Fact]
    public void What_is_sent_arrives_later_and_in_order_and_not_equally_late_both_ways()
    {
        using var ends = new Ends(options => options with { MaxLatency = Second });
        var (near, far) = ends.Connected();
        var there = TimeOf(ends, near, far);
        var back = TimeOf(ends, far, near);
        Assert.InRange(there, TimeSpan.FromTicks(1), Second * 12);
        Assert.NotEqual(there, back);
        for (var i = 0; i < 50; i++) Assert.Equal(1, ends.Now(near.SendAsync(new[] { (byte)i }).AsTask()).Bytes);
        ends.Clock.Advance(Second * 12);
        Assert.Equal(Ends.Bytes(50), ends.Receive(far).Bytes);
    }

    [Fact]
    public void A_reluctant_network_takes_and_brings_only_a_part()
    {
        using var ends = new Ends(options => options with { PartialReadRate = 1, PartialWriteRate = 1 });
        var (near, far) = ends.Connected();
        var sent = ends.Send(near, 1000);
        Assert.InRange(sent.Bytes, 1, 999);
        Assert.InRange(ends.Receive(far).Bytes.Length, 1, sent.Bytes - 1);
        ends.Send(far, 1);
        Assert.Single(ends.Receive(near).Bytes);
    }

    [Fact]
    public void Two_windows_bound_what_is_under_way_and_what_is_not_received()
    {
        using var ends = new Ends(options => options with { SendWindow = 10, ReceiveWindow = 5 });
        var (near, far) = ends.Connected();
        Assert.Equal(10, ends.Send(near, 100).Bytes);
        Assert.Equal(5, ends.Send(near, 100).Bytes);
        var waiting = near.SendAsync(Ends.Bytes(100)).AsTask();
        Assert.True(ends.Waits(waiting));
        Assert.Equal(3, ends.Receive(far, most: 3).Bytes.Length);
        Assert.Equal(3, ends.Now(waiting).Bytes);
    }

    [Fact]
    public void A_stall_delays_everything_for_its_time()
    {
        using var ends = new Ends();
        var (near, far) = ends.Connected();
        ends.Link.Stall(Second);
        ends.Send(near, 10);
        near.ShutdownSend();
        var receiving = far.ReceiveAsync(new byte[20]).AsTask();
        ends.Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.True(ends.Waits(receiving));
        ends.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(IoResult.Moved(10), ends.Now(receiving));
        Assert.Equal(IoResult.Moved(0), ends.Receive(far).Result);
    }

    [Fact]
    public void A_stall_is_drawn_at_its_rate()
    {
        using var ends = new Ends(options => options with { StallRate = 1, MaxStall = Second });
        var (near, far) = ends.Connected();
        ends.Send(near, 10);
        var receiving = far.ReceiveAsync(new byte[20]).AsTask();
        Assert.True(ends.Waits(receiving));
        ends.Clock.Advance(Second);
        Assert.Equal(10, ends.Now(receiving).Bytes);
    }

    [Fact]
    public void After_a_reset_what_arrived_is_received_and_what_was_under_way_is_lost()
    {
        using var ends = new Ends(options => options with { MaxLatency = Second });
        var (near, far) = ends.Connected();
        ends.Send(near, 10);
        ends.Clock.Advance(Second * 12);
        ends.Send(near, 10);
        ends.Link.Reset();
        Assert.Equal(10, ends.Receive(far).Bytes.Length);
        Assert.Equal(ResultCode.EERESET, ends.Receive(far).Result.Code);
        Assert.Equal(ResultCode.EERESET, ends.Send(far, 1).Code);
        Assert.Equal(ResultCode.EERESET, ends.Receive(near).Result.Code);
        Assert.Equal(ResultCode.EERESET, ends.Send(near, 1).Code);
        Assert.Equal(ResultCode.EERESET, near.ShutdownSend());
        Assert.True(ends.Link.IsFaulted);
        ends.Clock.Advance(Second * 12);
        Assert.Equal(ResultCode.EERESET, ends.Receive(far).Result.Code);
    }

    [Theory]
    [InlineData(NetworkEventKind.ResetInjected)]
    [InlineData(NetworkEventKind.Cut)]
    public void Both_are_drawn_at_their_rates(NetworkEventKind fault)
    {
        using var ends = new Ends(options => fault is NetworkEventKind.Cut
            ? options with { CutRate = 1 }
            : options with { ResetRate = 1 });
        var (near, _) = ends.Connected();
        ends.Send(near, 10);
        Assert.True(ends.Link.IsFaulted);
        Assert.Contains(ends.Network.Trace, entry => entry.Kind == fault);
    }

    [Fact]
    public void From_a_peer_that_vanished_nothing_comes_any_more()
    {
        using var ends = new Ends(options => options with { SendWindow = 10 });
        var (near, far) = ends.Connected();
        ends.Link.Cut();
        Assert.Equal(10, ends.Send(near, 100).Bytes);
        Assert.True(ends.Waits(near.SendAsync(Ends.Bytes(1)).AsTask()));
        var receiving = far.ReceiveAsync(new byte[1]).AsTask();
        near.Abort();
        ends.Clock.Advance(TimeSpan.FromDays(30));
        Assert.True(ends.Waits(receiving));
    }

    [Fact]
    public void An_end_gives_up_a_peer_that_vanished_where_it_has_something_to_send()
    {
        using var ends = new Ends(options => options with { GiveUpAfter = Second });
        var (near, far) = ends.Connected();
        ends.Link.Cut();
        ends.Send(near, 10);
        var (sender, idle) = (near.ReceiveAsync(new byte[1]).AsTask(), far.ReceiveAsync(new byte[1]).AsTask());
        ends.Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.True(ends.Waits(sender));
        ends.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ResultCode.EETIMEDOUT, ends.Now(sender).Code);
        Assert.Equal(ResultCode.EETIMEDOUT, ends.Send(near, 1).Code);
        Assert.True(ends.Waits(idle));
    }

    [Fact]
    public void An_end_that_is_closed_answers_what_still_comes_with_a_reset()
    {
        using var ends = new Ends(options => options with { MaxLatency = Second });
        var (near, far) = ends.Connected();
        far.Dispose();
        Assert.Equal(10, ends.Send(near, 10).Bytes);
        ends.Clock.Advance(Second * 24);
        Assert.Equal(ResultCode.EERESET, ends.Send(near, 10).Code);
        Assert.Contains(ends.Network.Trace, entry => entry is { Kind: NetworkEventKind.ResetArrived, AtClient: true });
    }

    [Fact]
    public void A_late_fin_meets_what_the_peer_sends()
    {
        using var ends = new Ends(options => options with { LateFinRate = 1, MaxStall = Second });
        var (near, far) = ends.Connected();
        near.ShutdownSend();
        var receiving = far.ReceiveAsync(new byte[1]).AsTask();
        Assert.True(ends.Waits(receiving));
        Assert.Equal(1, ends.Send(far, 1).Bytes);
        Assert.Equal(1, ends.Receive(near).Result.Bytes);
        ends.Clock.Advance(Second);
        Assert.Equal(IoResult.Moved(0), ends.Now(receiving));
    }

    [Fact]
    public void A_send_that_waits_for_room_and_meets_a_reset_ends_once()
    {
        using var ends = new Ends(
            options => options with { SendWindow = 4, ReceiveWindow = 4, ResetRate = 0.5 }, seed: 3);
        for (var i = 0; i < 50; i++)
        {
            var (near, far) = ends.Connected();
            var sending = Task.CompletedTask;
            while (!sending.IsFaulted && !ends.Link.IsFaulted)
            {
                var one = near.SendAsync(Ends.Bytes(3)).AsTask();
                sending = one;
                while (ends.Waits(one)) ends.Receive(far, most: 1);
            }

            near.Dispose();
            far.Dispose();
        }
    }

    private static TimeSpan TimeOf(Ends ends, IStreamSocket from, IStreamSocket to)
    {
        var start = ends.Clock.Elapsed;
        var receiving = to.ReceiveAsync(new byte[1]).AsTask();
        ends.Send(from, 1);
        while (ends.Waits(receiving)) Assert.True(ends.Clock.AdvanceToNext());
        return ends.Clock.Elapsed - start;
    }
}

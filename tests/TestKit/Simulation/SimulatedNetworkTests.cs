using System.IO.Pipelines;
using System.Net;
using Handoff.TestKit.Simulation;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Tests.Simulation;

public sealed class SimulatedNetworkTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_same_seed_meets_the_same_faults_and_another_one_others()
    {
        var first = Trace(seed: 7);
        Assert.Equal(first, Trace(seed: 7));
        Assert.NotEqual(first, Trace(seed: 8));
        Assert.Contains(first, line => line.Contains("Stalled for", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trace_forgets_its_oldest_events()
    {
        using var ends = new Ends(options => options with { TraceCapacity = 3 });
        var (near, far) = ends.Connected();
        ends.Send(near, 5);
        ends.Receive(far);
        Assert.Equal(
            [NetworkEventKind.Sent, NetworkEventKind.Arrived, NetworkEventKind.Received],
            ends.Network.Trace.Select(entry => entry.Kind));
        Assert.Equal("00:00:00 link 1 server Received 5 bytes", ends.Network.Trace[^1].ToString());
    }

    [Theory]
    [InlineData(ResultCode.EECONNREFUSED)]
    [InlineData(ResultCode.EEUNREACH)]
    public void A_connect_fails_as_it_was_told(ResultCode code)
    {
        using var ends = new Ends();
        ends.Network.FailConnect(Ends.Place, code);
        Assert.Equal(code, ends.Now(ends.Connect()).Code);
        ends.Connected();
        Assert.Equal(
            $"00:00:00 link 0 client ConnectFailed {code}",
            ends.Network.Trace.First(entry => entry.Kind is NetworkEventKind.ConnectFailed).ToString());
    }

    [Fact]
    public void A_connect_that_nobody_answers_ends_with_its_time_out()
    {
        using var ends = new Ends(options => options with { ConnectUnansweredRate = 1 });
        var connecting = ends.Connect(Second);
        ends.Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.True(ends.Waits(connecting));
        ends.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ResultCode.EETIMEDOUT, ends.Now(connecting).Code);
    }

    [Fact]
    public void Refusals_and_slow_answers_are_drawn_at_their_rates()
    {
        using (var ends = new Ends(options => options with { ConnectRefusedRate = 1 }))
            Assert.Equal(ResultCode.EECONNREFUSED, ends.Now(ends.Connect()).Code);
        using (var ends = new Ends(options => options with { SlowConnectRate = 1, MaxStall = Second }))
        {
            var connecting = ends.Connect();
            Assert.True(ends.Waits(connecting));
            ends.Clock.Advance(Second);
            Assert.NotNull(ends.Now(connecting).Socket);
        }
    }

    [Fact]
    public void A_connect_whose_listener_has_closed_by_the_time_it_gets_there_is_refused()
    {
        using var ends = new Ends(options => options with { MaxLatency = Second });
        var connecting = ends.Connect();
        ends.Listener.Dispose();
        ends.Clock.Advance(Second * 24);
        Assert.Equal(ResultCode.EECONNREFUSED, ends.Now(connecting).Code);
    }

    [Fact]
    public void A_close_with_a_linger_of_zero_resets_a_peer_that_would_read_an_end()
    {
        using var ends = new Ends();
        Assert.True(ends.Listener.SetOption(SocketOption.Linger(TimeSpan.Zero)).IsSuccess);
        var (near, far) = ends.Connected();
        Assert.True(far.GetOption(SocketOptionKind.Linger).Option!.IsOn);
        Assert.False(near.GetOption(SocketOptionKind.Linger).Option!.IsOn);
        far.Dispose();
        Assert.Equal(ResultCode.EERESET, ends.Receive(near).Result.Code);
    }

    [Fact]
    public void An_address_that_another_took_while_a_connect_was_under_way_is_in_use()
    {
        using var ends = new Ends(options => options with { MaxLatency = Second });
        var local = new IPEndPoint(IPAddress.Loopback, 5000);
        var (first, second) = (ConnectFrom(local), ConnectFrom(local));
        ends.Clock.Advance(Second * 24);
        var codes = new[] { ends.Now(first).Code, ends.Now(second).Code };
        Assert.Single(codes, ResultCode.EESUCCESS);
        Assert.Single(codes, ResultCode.EEADDRINUSE);
        Assert.Equal(local, Assert.Single(ends.Network.Links).Client);

        Task<SocketOr<IStreamSocket>> ConnectFrom(IPEndPoint from) => ends.Network.ConnectAsync(
            Ends.Place, from, TimeSpan.FromMinutes(1), ends.Clock, CancellationToken.None).AsTask();
    }

    [Fact]
    public void A_connection_waits_while_no_descriptor_is_left_for_it()
    {
        using var ends = new Ends();
        ends.Network.FailAccept(Ends.Place, ResultCode.EENOSOCKS);
        var near = ends.Now(ends.Connect()).Socket!;
        Assert.Equal(ResultCode.EENOSOCKS, ends.Now(ends.Accept()).Code);
        var far = ends.Now(ends.Accept()).Socket!;
        Assert.Equal(near.LocalEndPoint, far.RemoteEndPoint);
    }

    [Fact]
    public void A_connection_whose_accept_fails_is_lost_and_reset()
    {
        using var ends = new Ends(options => options with { AcceptFailureRate = 1 });
        var accepting = ends.Accept();
        var near = ends.Now(ends.Connect()).Socket!;
        Assert.Equal(ResultCode.EEACCEPT, ends.Now(accepting).Code);
        Assert.Equal(ResultCode.EERESET, ends.Receive(near).Result.Code);
        Assert.True(ends.Waits(ends.Accept()));
    }

    [Fact]
    public void Descriptors_run_out_and_come_back()
    {
        using var ends = new Ends(options => options with { MaxSockets = 2 });
        var near = ends.Now(ends.Connect()).Socket!;
        Assert.Equal(2, ends.Network.OpenSockets);
        Assert.Equal(ResultCode.EENOSOCKS, ends.Now(ends.Connect()).Code);
        Assert.Equal(ResultCode.EENOSOCKS, ends.Now(ends.Accept()).Code);
        Assert.Equal(ResultCode.EENOSOCKS, ends.Network.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1).Code);
        near.Dispose();
        Assert.NotNull(ends.Now(ends.Accept()).Socket);
        ends.Listener.Dispose();
        Assert.Equal(1, ends.Network.OpenSockets);
    }

    [Fact]
    public void A_connection_is_found_by_its_addresses_until_both_ends_are_closed()
    {
        using var ends = new Ends();
        var (near, far) = ends.Connected();
        var link = ends.Network.Link(near.LocalEndPoint!, near.RemoteEndPoint!);
        Assert.Same(link, ends.Network.Link(near.RemoteEndPoint!, near.LocalEndPoint!));
        Assert.Equal((1, near.LocalEndPoint, Ends.Place), (link.Number, link.Client, link.Server));
        near.Dispose();
        Assert.Same(link, Assert.Single(ends.Network.Links));
        far.Dispose();
        Assert.Empty(ends.Network.Links);
        Assert.Throws<ArgumentException>(() => ends.Network.Link(link.Client, link.Server));
    }

    [Fact]
    public void Who_listens_on_any_address_is_found_at_each()
    {
        using var ends = new Ends();
        using var any = ends.Network.Listen(new IPEndPoint(IPAddress.Any, 0), 1).Socket!;
        var place = new IPEndPoint(IPAddress.Parse("10.0.0.7"), ((IPEndPoint)any.LocalEndPoint).Port);
        var near = ends.Now(ends.Network.ConnectAsync(place, Second, ends.Clock, default).AsTask()).Socket!;
        Assert.Equal(place, near.RemoteEndPoint);
    }

    [Fact]
    public void No_more_faults_are_planned_than_a_test_can_mean()
    {
        using var ends = new Ends();
        for (var i = 0; i < 1024; i++) ends.Network.FailAccept(Ends.Place, ResultCode.EEACCEPT);
        Assert.Throws<InvalidOperationException>(() => ends.Network.FailAccept(Ends.Place, ResultCode.EEACCEPT));
        Assert.Throws<ArgumentException>(() => ends.Network.FailConnect(Ends.Place, ResultCode.EESUCCESS));
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        var options = new SimulationOptions(PipeScheduler.ThreadPool);
        Assert.Throws<ArgumentException>(() => new SimulationOptions(PipeScheduler.Inline));
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { ResetRate = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { CutRate = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { SendWindow = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { MaxLatency = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { GiveUpAfter = TimeSpan.FromTicks(-1) });
    }

    [Fact]
    public void A_connect_that_fails_when_its_turn_comes_does_not_keep_the_next_one_waiting()
    {
        using var ends = new Ends();
        var local = new IPEndPoint(IPAddress.Loopback, 5000);
        var full = new[] { ends.Connect(), ends.Connect() };
        var (first, second, third) = (ConnectFrom(local), ConnectFrom(local), ends.Connect());
        Assert.All(full, connecting => Assert.NotNull(ends.Now(connecting).Socket));
        Assert.True(ends.Waits(first));
        Assert.NotNull(ends.Now(ends.Accept()).Socket);
        Assert.NotNull(ends.Now(ends.Accept()).Socket);
        Assert.NotNull(ends.Now(first).Socket);
        Assert.Equal(ResultCode.EEADDRINUSE, ends.Now(second).Code);
        Assert.NotNull(ends.Now(third).Socket);

        Task<SocketOr<IStreamSocket>> ConnectFrom(IPEndPoint from) => ends.Network.ConnectAsync(
            Ends.Place, from, TimeSpan.FromMinutes(1), ends.Clock, CancellationToken.None).AsTask();
    }

    // A seed that is written down says the same for good.
    [Fact]
    public void What_a_seed_draws_never_changes()
    {
        var draws = new Draws(4);
        Assert.Equal([43, 89, 85, 49, 39], Enumerable.Range(0, 5).Select(_ => draws.Below(100)));
        Assert.False(draws.Happens(0));
        Assert.True(draws.Happens(1));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(draws.Around(Second), Second / 2, Second * 12));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(draws.PartOf(10, rate: 1), 1, 9));
        Assert.Equal(1, draws.PartOf(1, rate: 1));
    }

    private static string[] Trace(long seed)
    {
        using var ends = new Ends(
            options => options with
            {
                MaxLatency = Second,
                StallRate = 0.2,
                PartialReadRate = 0.5,
                PartialWriteRate = 0.5,
                TraceCapacity = 10_000,
            },
            seed);
        var (near, far) = ends.Connected();
        for (var i = 0; i < 30; i++)
        {
            ends.Send(near, 100);
            ends.Send(far, 100);
            ends.Clock.Advance(Second);
        }

        return [.. ends.Network.Trace.Select(entry => entry.ToString())];
    }
}

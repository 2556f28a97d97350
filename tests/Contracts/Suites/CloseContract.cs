using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class CloseContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private static readonly SocketResult Whim = new(ResultCode.EEABORTED, "a whim");

    [Fact]
    public async Task Write_write_write_close_delivers_everything_while_the_peer_is_still_sending()
    {
        var time = new ManualTime();
        var pair = await Connected(server: Patient(time));
        var sent = Bytes(Seeded(), 300_000);
        var sending = KeepSending(pair.Near);
        await pair.Far.Input.Take(100_000);
        foreach (var piece in sent.Chunk(100_000)) await pair.Far.Output.WriteAsync(piece).Soon();
        pair.Server.Close();

        Assert.Equal(sent, await pair.Near.Input.TakeAll());
        await LingerPasses(time, pair.Server);
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        await sending.Soon();
    }

    [Fact]
    public async Task Close_with_unread_bytes_still_delivers_what_was_written()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(50_000)).Soon();
        await Patience.Until(() => pair.Server.Status.Unread > 0);
        await pair.Far.Output.WriteAsync("reply"u8.ToArray()).Soon();
        pair.Server.Close();
        Assert.Equal("reply"u8.ToArray(), await pair.Near.Input.TakeAll());
        pair.Client.Close();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Equal(SocketResult.Success, await pair.Client.Completion.Soon());
    }

    [Fact]
    public async Task Close_sends_what_was_accepted_and_drops_what_was_not_flushed()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("whole"u8.ToArray()).Soon();
        pair.Far.Output.GetSpan(4)[..4].Fill((byte)'x');
        pair.Far.Output.Advance(4);
        pair.Server.Close();
        Assert.Equal("whole"u8.ToArray(), await pair.Near.Input.TakeAll());
    }

    [Fact]
    public async Task After_close_every_call_of_the_owner_says_that_it_is_closed()
    {
        var pair = await Connected();
        var pending = pair.Far.Input.ReadAsync().AsTask();
        pair.Server.Close();
        Assert.Equal(ResultCode.EEBADF, await CodeOf(() => pending));
        Assert.Equal(ResultCode.EEBADF, await CodeOf(() => pair.Far.Input.ReadAsync().AsTask()));
        Assert.Equal(ResultCode.EEBADF, CodeOf(() => pair.Far.Input.TryRead(out _)));
        Assert.Equal(ResultCode.EEBADF, CodeOf(() => pair.Far.Output.GetMemory()));
        Assert.Equal(ResultCode.EEBADF, await CodeOf(() => pair.Far.Output.FlushAsync().AsTask()));
        Assert.Equal(ResultCode.EEBADF, pair.Server.Offer(None).Code);
        await pair.Far.Output.CompleteAsync();
    }

    [Fact]
    public async Task A_read_result_that_is_open_at_close_keeps_its_bytes_and_can_be_advanced()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(1000)).Soon();
        var open = await pair.Far.Input.ReadAtLeastAsync(1000).Soon();
        pair.Server.Close();
        await Churn();
        Assert.Equal(Pattern(1000), open.Buffer.ToArray());
        pair.Far.Input.AdvanceTo(open.Buffer.End);
    }

    [Fact]
    public async Task A_flush_that_is_pending_at_close_was_accepted_and_is_delivered()
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        var flush = await Stall(pair.Server, pair.Far);
        pair.Server.Close();
        Assert.True((await flush.Soon()).IsCompleted);
        var written = pair.Far.WrittenPosition;
        Assert.Equal(written, (await pair.Near.Input.TakeAll()).LongLength);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_cannot_hold_a_close_up_for_ever()
    {
        var time = new ManualTime();
        var pair = await Connected(
            client: Options with { ReceiveBuffer = 1000 },
            server: Options with { SendBuffer = 1000, TimeProvider = time });
        await Stall(pair.Server, pair.Far);
        pair.Server.Close();
        time.Advance(Options.CloseTimeout - TimeSpan.FromTicks(1));
        Assert.True(await pair.Server.Completion.IsStuck());
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ResultCode.EETIMEDOUT, (await pair.Server.Completion.Soon()).Code);
        await HearsOfAbort(pair.Client, pair.Near);
    }

    [Fact]
    public async Task A_peer_that_does_not_close_is_lingered_for_and_then_left()
    {
        var time = new ManualTime();
        var pair = await Connected(server: Patient(time));
        pair.Server.Close();
        Assert.Empty(await pair.Near.Input.TakeAll());
        Assert.True(await pair.Server.Completion.IsStuck());
        await LingerPasses(time, pair.Server);
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
    }

    [Fact]
    public async Task A_peer_that_goes_on_sending_is_discarded_up_to_a_bound()
    {
        var time = new ManualTime();
        var pair = await Connected(server: Patient(time) with { LingerBytes = 100_000 });
        pair.Server.Close();
        Assert.Empty(await pair.Near.Input.TakeAll());
        var sending = KeepSending(pair.Near);
        Assert.True(await sending.IsStuck(500));
        Assert.Equal(0, pair.Server.Status.Unread);
        await LingerPasses(time, pair.Server);
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        await sending.Soon();
    }

    [Fact]
    public async Task A_peer_that_floods_a_closed_connection_is_held_back_and_still_reads_the_last_bytes()
    {
        var time = new ManualTime();
        var pair = await Connected(
            client: Options with { SendBuffer = 1000 }, server: Patient(time) with { LingerBytes = 100_000 });
        await pair.Far.Output.WriteAsync("last"u8.ToArray()).Soon();
        pair.Server.Close();
        var flood = await Stall(pair.Client, pair.Near);
        Assert.Equal("last"u8.ToArray(), await pair.Near.Input.TakeAll());
        Assert.False(pair.Server.Completion.IsCompleted);
        await LingerPasses(time, pair.Server);
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => flood));
    }

    [Fact]
    public async Task Without_linger_close_ends_with_the_fin()
    {
        var pair = await Connected(server: Options with { TimeProvider = new ManualTime(), Linger = TimeSpan.Zero });
        await pair.Far.Output.WriteAsync("x"u8.ToArray()).Soon();
        pair.Server.Close();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Equal("x"u8.ToArray(), await pair.Near.Input.TakeAll());
    }

    [Fact]
    public async Task A_second_close_and_a_second_dispose_change_nothing()
    {
        var pair = await Connected();
        pair.Server.Close();
        pair.Server.Close();
        pair.Client.Close();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        pair.Server.Abort(Whim);
        await pair.Server.DisposeAsync().AsTask().Soon();
        await pair.Server.DisposeAsync().AsTask().Soon();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion);
    }

    [Fact]
    public async Task Dispose_aborts_what_is_open()
    {
        var pair = await Connected();
        var pending = pair.Far.Input.ReadAsync().AsTask();
        await pair.Server.DisposeAsync().AsTask().Soon();
        Assert.Equal(ResultCode.EEABORTED, (await pair.Server.Completion).Code);
        Assert.Equal(ResultCode.EEABORTED, await CodeOf(() => pending));
        await HearsOfAbort(pair.Client, pair.Near);
    }

    [Fact]
    public async Task A_connection_that_was_never_started_can_be_closed_or_disposed()
    {
        var listener = Listen();
        var client = await ConnectTo(listener);
        var server = Owned((await listener.AcceptAsync().Soon()).Connection);
        await client.Lease(1).Output.WriteAsync("early"u8.ToArray()).Soon();
        client.Close();
        server.Start();
        var far = server.Lease(1);
        Assert.Equal("early"u8.ToArray(), await far.Input.TakeAll());
        await far.Output.CompleteAsync();
        Assert.Equal(SocketResult.Success, await client.Completion.Soon());

        var other = await ConnectTo(listener);
        await other.DisposeAsync().AsTask().Soon();
        Assert.Equal(ResultCode.EEABORTED, (await other.Completion).Code);
    }

    [Fact]
    public async Task Of_two_causes_the_first_wins()
    {
        var random = Seeded();
        for (var i = 0; i < 200; i++)
        {
            var pair = await Connected();
            var first = new SocketResult(ResultCode.EEABORTED, "first");
            var second = new SocketResult(ResultCode.EEABORTED, "second");
            var racing = new[] { () => pair.Server.Abort(first), () => pair.Server.Abort(second), pair.Server.Close };
            random.Shuffle(racing);
            Parallel.Invoke(racing);
            pair.Client.Close();
            var cause = await pair.Server.Completion.Soon();
            Assert.Contains(cause, new[] { first, second, SocketResult.Success });
            pair.Server.Abort(Whim);
            Assert.Same(cause, await pair.Server.Completion);
        }
    }

    [Fact]
    public async Task An_output_that_is_completed_with_an_exception_aborts()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("half a mess"u8.ToArray()).Soon();
        await pair.Far.Output.CompleteAsync(new InvalidOperationException("no age"));
        Assert.Equal(new SocketResult(ResultCode.EEABORTED, "no age"), await pair.Server.Completion.Soon());
        await HearsOfAbort(pair.Client, pair.Near);
    }

    private ConnectionOptions Patient(ManualTime time)
        => Options with { TimeProvider = time, CloseTimeout = TimeSpan.FromDays(1) };

    // The peer may see the FIN a little before the time after it begins to run.
    private Task LingerPasses(ManualTime time, SocketConnection closed) => Patience.Until(() =>
    {
        time.Advance(Options.Linger);
        return closed.Completion.IsCompleted;
    });

    /// <summary>Sends until the other side, or the completion of the output, says stop.</summary>
    private static Task KeepSending(SocketLease lease) => Task.Run(async () =>
    {
        var noise = Pattern(10_000);
        try
        {
            while (true) await lease.Output.WriteAsync(noise);
        }
        catch (SocketFailedException failure)
        {
            Assert.Contains(failure.Code, new[] { ResultCode.EERESET, ResultCode.EENOTCONN });
        }
    });

    /// <summary>Other connections use the pool.</summary>
    private async Task Churn()
    {
        var pair = await Connected();
        for (var i = 0; i < 20; i++)
        {
            await pair.Near.Output.WriteAsync(new byte[50_000]).Soon();
            await pair.Far.Input.Take(50_000);
        }
    }
}

using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class LeaseContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_call_on_a_lease_that_ended_is_refused(bool byNextLease)
    {
        var pair = await Connected();
        var old = pair.Far;
        End(pair.Server, byNextLease);
        var (input, output) = (old.Input, old.Output);
        var calls = new Action[]
        {
            () => input.TryRead(out _),
            () => input.AdvanceTo(default),
            () => input.AdvanceTo(default, default),
            () => input.CancelPendingRead(),
            () => input.Complete(),
            () => output.GetMemory(),
            () => output.GetSpan(),
            () => output.Advance(0),
            () => output.CancelPendingFlush(),
            () => output.Complete(),
            () => output.Complete(new InvalidOperationException()),
            () => _ = output.UnflushedBytes,
        };
        Assert.All(calls, call => Assert.Equal(ResultCode.EESECURITY, CodeOf(call)));
        var waits = new Func<Task>[]
        {
            () => input.ReadAsync().AsTask(),
            () => input.ReadAtLeastAsync(1).AsTask(),
            () => input.CopyToAsync(Stream.Null),
            () => output.FlushAsync().AsTask(),
            () => output.WriteAsync(new byte[1]).AsTask(),
            () => output.WriteAsync(new byte[100_000]).AsTask(),
            () => old.CommitAsync(default, default).AsTask(),
        };
        foreach (var wait in waits) Assert.Equal(ResultCode.EESECURITY, await CodeOf(wait));

        // And none of them reached the peer.
        await pair.Server.Lease(9).Output.WriteAsync("new"u8.ToArray()).Soon();
        Assert.Equal("new"u8.ToArray(), await pair.Near.Input.Take(3));
        Assert.Equal(3, pair.Client.Status.BytesReceived);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_pending_when_a_lease_ends_is_refused(bool byNextLease)
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        var read = pair.Far.Input.ReadAsync().AsTask();
        var flush = await Stall(pair.Server, pair.Far);
        End(pair.Server, byNextLease);
        Assert.Equal(ResultCode.EESECURITY, await CodeOf(() => read));
        Assert.Equal(ResultCode.EESECURITY, await CodeOf(() => flush));
    }

    [Fact]
    public async Task The_token_of_a_lease_trips_when_it_ends_and_not_before()
    {
        var pair = await Connected();
        var ended = new TaskCompletionSource();
        await using var registration = pair.Far.Ended.Register(ended.SetResult);
        var untouched = pair.Far;
        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.True(await ended.Task.IsStuck());
        var next = pair.Server.Lease(2);
        await ended.Task.Soon();
        pair.Server.Tear();
        Assert.True(next.Ended.IsCancellationRequested);
        Assert.True(untouched.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task A_callback_that_throws_at_the_end_of_a_lease_stops_nobody()
    {
        var pair = await Connected();
        await using var registration = pair.Far.Ended.Register(() => throw new InvalidOperationException("mine"));
        var next = pair.Server.Lease(2);
        await pair.Near.Output.WriteAsync("on"u8.ToArray()).Soon();
        Assert.Equal("on"u8.ToArray(), await next.Input.Take(2));
    }

    [Fact]
    public async Task What_one_owner_did_not_consume_the_next_one_reads()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(50_000)).Soon();
        Assert.Equal(Pattern(50_000)[..20_000], await pair.Far.Input.Take(20_000));
        var next = pair.Server.Lease(2);
        Assert.Equal((20_000, 2), (next.ConsumedPosition, next.Epoch));
        Assert.Equal(Pattern(50_000)[20_000..], await next.Input.Take(30_000));
        Assert.Equal((20_000, 50_000), (pair.Far.ConsumedPosition, next.ConsumedPosition));
    }

    [Fact]
    public async Task What_was_examined_by_one_owner_is_delivered_to_the_next_one()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("head"u8.ToArray()).Soon();
        var result = await pair.Far.Input.ReadAtLeastAsync(4).Soon();
        pair.Far.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        Assert.Equal("head"u8.ToArray(), await pair.Server.Lease(2).Input.Take(4));
    }

    [Fact]
    public async Task An_epoch_never_falls()
    {
        var pair = await Connected();
        pair.Server.Lease(5);
        pair.Server.Lease(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Server.Lease(4));
    }

    [Fact]
    public async Task A_next_owner_cannot_write_after_the_fin_of_the_last_one()
    {
        var pair = await Connected();
        await pair.Far.Output.CompleteAsync();
        var next = pair.Server.Lease(2);
        Assert.Equal(ResultCode.EENOTCONN, await CodeOf(() => next.Output.WriteAsync(new byte[1]).AsTask()));
        await pair.Near.Output.WriteAsync("but reads"u8.ToArray()).Soon();
        Assert.Equal("but reads"u8.ToArray(), await next.Input.Take(9));
    }

    [Fact]
    public async Task A_next_owner_reads_on_where_one_had_completed_its_input()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(100)).Soon();
        await pair.Far.Input.ReadAtLeastAsync(100).Soon();
        await pair.Far.Input.CompleteAsync();
        Assert.Throws<InvalidOperationException>(() => pair.Far.Input.TryRead(out _));
        Assert.Equal(Pattern(100), await pair.Server.Lease(2).Input.Take(100));
    }

    [Fact]
    public async Task The_end_of_the_peer_is_told_to_whoever_owns_after_it()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("rest"u8.ToArray()).Soon();
        await pair.Near.Output.CompleteAsync();
        Assert.Equal("rest"u8.ToArray(), await pair.Far.Input.TakeAll());
        Assert.Empty(await pair.Server.Lease(2).Input.TakeAll());
    }

    [Fact]
    public async Task An_owner_that_does_not_read_hears_of_the_end_of_its_peer_by_a_token()
    {
        var pair = await Connected();
        var ended = new TaskCompletionSource();
        await using var registration = pair.Far.InputEnded.Register(ended.SetResult);
        await pair.Near.Output.WriteAsync("rest"u8.ToArray()).Soon();
        Assert.True(await ended.Task.IsStuck());
        await pair.Near.Output.CompleteAsync();
        await ended.Task.Soon();
        Assert.False(pair.Far.Ended.IsCancellationRequested);
        Assert.Equal("rest"u8.ToArray(), await pair.Far.Input.TakeAll());
        Assert.True(pair.Server.Lease(2).InputEnded.IsCancellationRequested);
    }

    [Fact]
    public async Task An_owner_that_does_not_read_hears_of_a_reset_by_a_token()
    {
        var pair = await Connected();
        var ended = new TaskCompletionSource();
        await using var registration = pair.Far.InputEnded.Register(ended.SetResult);
        pair.Client.Abort(new SocketResult(ResultCode.EEABORTED, "a whim"));
        await ended.Task.Soon();
    }

    private static void End(SocketConnection connection, bool byNextLease)
    {
        if (byNextLease) connection.Lease(2);
        else connection.Tear();
    }
}

using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class ReleaseContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private static readonly SocketResult Whim = new(ResultCode.EEABORTED, "a whim");

    [Fact]
    public async Task While_offered_reads_wait_and_writes_are_refused()
    {
        var pair = await Connected();
        var pending = pair.Far.Input.ReadAsync().AsTask();
        Assert.Equal(SocketResult.Success, pair.Server.Offer(None));
        await pair.Near.Output.WriteAsync("data"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        Assert.True(await pending.IsStuck());

        var output = pair.Far.Output;
        var calls = new Action[]
        {
            () => output.GetMemory(), () => output.GetSpan(), () => output.Advance(0),
            () => output.Complete(), () => output.Complete(new InvalidOperationException()),
        };
        Assert.All(calls, call => Assert.Equal(ResultCode.EESOCKRLSD, CodeOf(call)));
        Assert.Equal(ResultCode.EESOCKRLSD, await CodeOf(() => output.FlushAsync().AsTask()));
        Assert.Equal(ResultCode.EESOCKRLSD, await CodeOf(() => output.WriteAsync(new byte[1]).AsTask()));
        Assert.Equal(ResultCode.EESOCKRLSD, await CodeOf(() => output.WriteAsync(new byte[100_000]).AsTask()));

        pair.Server.Resume();
        Assert.Equal("data"u8.ToArray(), (await pending.Soon()).Buffer.ToArray());
        await output.WriteAsync("and writes"u8.ToArray()).Soon();
        Assert.Equal("and writes"u8.ToArray(), await pair.Near.Input.Take(10));
    }

    [Fact]
    public async Task While_offered_trying_to_read_finds_nothing()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("data"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.False(pair.Far.Input.TryRead(out _));
        pair.Server.Resume();
        Assert.True(pair.Far.Input.TryRead(out var result));
        Assert.Equal(4, result.Buffer.Length);
    }

    [Fact]
    public async Task A_read_that_was_pending_over_an_offer_is_refused_once_another_owns()
    {
        var pair = await Connected();
        var pending = pair.Far.Input.ReadAsync().AsTask();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        await pair.Near.Output.WriteAsync("data"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        var next = pair.Server.Lease(2);
        Assert.Equal(ResultCode.EESECURITY, await CodeOf(() => pending));
        Assert.Equal("data"u8.ToArray(), await next.Input.Take(4));
    }

    [Fact]
    public async Task A_read_can_be_cancelled_while_offered_and_shows_nothing()
    {
        var pair = await Connected();
        using var source = new CancellationTokenSource();
        await pair.Near.Output.WriteAsync("data"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        Assert.True(pair.Server.Offer(None).IsSuccess);
        var pending = pair.Far.Input.ReadAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Soon());
        pending = pair.Far.Input.ReadAsync().AsTask();
        pair.Far.Input.CancelPendingRead();
        var cancelled = await pending.Soon();
        Assert.True(cancelled is { IsCanceled: true, Buffer.IsEmpty: true, IsCompleted: false });
        pair.Server.Resume();
        pair.Far.Input.AdvanceTo(cancelled.Buffer.End);
        Assert.Equal("data"u8.ToArray(), await pair.Far.Input.Take(4));
    }

    [Fact]
    public async Task An_open_read_result_makes_the_socket_busy()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("abcd"u8.ToArray()).Soon();
        var open = await pair.Far.Input.ReadAtLeastAsync(4).Soon();
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(None).Code);
        pair.Far.Input.AdvanceTo(open.Buffer.GetPosition(1));
        Assert.True(pair.Far.Input.TryRead(out open));
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(None).Code);
        pair.Far.Input.AdvanceTo(open.Buffer.Start);

        var pending = pair.Near.Input.ReadAsync().AsTask();
        await pair.Far.Output.WriteAsync("x"u8.ToArray()).Soon();
        await pending.Soon();
        Assert.Equal(ResultCode.EEBUSY, pair.Client.Offer(None).Code);

        Assert.Equal("bcd"u8.ToArray(), await pair.Far.Input.Take(3));
        Assert.Equal(SocketResult.Success, pair.Server.Offer(None));
    }

    [Fact]
    public async Task Bytes_that_are_not_accepted_make_the_socket_busy()
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        pair.Far.Output.GetSpan(1)[0] = (byte)'x';
        Assert.Equal(SocketResult.Success, pair.Server.Offer(None));
        pair.Server.Resume();
        pair.Far.Output.Advance(1);
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(None).Code);

        var write = pair.Far.Output.WriteAsync(Pattern(16_000_000)).AsTask();
        Assert.True(await write.IsStuck());
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(None).Code);

        // Nothing of this kept the bytes from going, whole.
        var received = await pair.Near.Input.Take(16_000_001);
        Assert.Equal(Pattern(16_000_000), received[1..]);
        await write.Soon();
        Assert.Equal(SocketResult.Success, pair.Server.Offer(None));
    }

    [Fact]
    public async Task A_large_write_is_never_offered_in_the_middle()
    {
        var pair = await Connected(server: Options with { SendBuffer = 10_000 });
        var reading = Task.Run(() => pair.Near.Input.TakeAll());
        for (var i = 0; i < 20; i++)
        {
            var write = pair.Far.Output.WriteAsync(Pattern(500_000)).AsTask();
            while (!write.IsCompleted)
            {
                if (!pair.Server.Offer(None).IsSuccess) continue;
                Assert.Equal(500_000 * (i + 1), pair.Far.WrittenPosition);
                pair.Server.Resume();
            }

            await write;
        }

        await pair.Far.Output.CompleteAsync();
        Assert.Equal(500_000 * 20, (await reading.Soon()).Length);
    }

    [Fact]
    public async Task What_was_accepted_before_an_offer_goes_out_before_what_the_next_owner_says()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync(Pattern(200_000)).Soon();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        var next = pair.Server.Lease(2);
        Assert.Equal(200_000, next.WrittenPosition);
        await next.Output.WriteAsync("next"u8.ToArray()).Soon();
        await next.Output.CompleteAsync();
        var received = await pair.Near.Input.TakeAll();
        Assert.Equal([.. Pattern(200_000), .. "next"u8], received);
    }

    [Fact]
    public async Task A_peer_that_floods_during_an_offer_is_held_back_and_resumed_after_it()
    {
        var pair = await Connected(server: Options with { ReceiveBuffer = 50_000 });
        Assert.True(pair.Server.Offer(None).IsSuccess);
        var writing = Task.Run(async () =>
        {
            await pair.Near.Output.WriteAsync(Pattern(16_000_000));
            await pair.Near.Output.CompleteAsync();
        });
        await Patience.Until(() => pair.Server.Status.Unread >= 50_000);
        Assert.True(await writing.IsStuck());
        Assert.InRange(pair.Server.Status.Unread, 50_000, 50_000 + Options.Blocks.BlockSize);
        Assert.Equal(Pattern(16_000_000), await pair.Server.Lease(2).Input.TakeAll());
        await writing.Soon();
    }

    [Fact]
    public async Task A_peer_that_closes_during_an_offer_is_told_to_the_next_owner_after_its_bytes()
    {
        var pair = await Connected();
        await pair.Far.Output.CompleteAsync();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        await pair.Near.Output.WriteAsync("rest"u8.ToArray()).Soon();
        await pair.Near.Output.CompleteAsync();
        await Patience.Until(() => pair.Server.Status.InputEnded);
        Assert.True(await pair.Server.Completion.IsStuck());
        Assert.Equal("rest"u8.ToArray(), await pair.Server.Lease(2).Input.TakeAll());
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
    }

    [Fact]
    public async Task An_end_with_nothing_unread_waits_for_the_offer_to_be_over()
    {
        foreach (var isReverted in new[] { true, false })
        {
            var pair = await Connected();
            await pair.Far.Output.CompleteAsync();
            Assert.True(pair.Server.Offer(None).IsSuccess);
            await pair.Near.Output.CompleteAsync();
            await Patience.Until(() => pair.Server.Status.InputEnded);
            Assert.True(await pair.Server.Completion.IsStuck());
            if (isReverted) pair.Server.Resume();
            var lease = isReverted ? pair.Far : pair.Server.Lease(2);
            Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
            Assert.Empty(await lease.Input.TakeAll());
        }
    }

    [Fact]
    public async Task A_flush_that_waits_for_room_makes_the_socket_busy()
    {
        var pair = await Connected(
            client: Options with { ReceiveBuffer = 1000 }, server: Options with { SendBuffer = 1000 });
        var piece = Pattern(Options.Blocks.BlockSize);
        var flush = pair.Far.Output.WriteAsync(piece).AsTask();
        SocketResult offered;
        while (true)
        {
            while (!await flush.IsStuck()) flush = pair.Far.Output.WriteAsync(piece).AsTask();
            offered = pair.Server.Offer(None);
            if (!offered.IsSuccess) break;

            // The system found room after all, late.
            Assert.True(flush.IsCompletedSuccessfully);
            pair.Server.Resume();
        }

        Assert.Equal(ResultCode.EEBUSY, offered.Code);
        Assert.Equal(0, pair.Far.Output.UnflushedBytes);

        await pair.Near.Input.Take((int)pair.Far.WrittenPosition);
        await flush.Soon();
        Assert.Equal(SocketResult.Success, pair.Server.Offer(None));
    }

    [Fact]
    public async Task A_connection_that_has_ended_for_its_owner_ends_after_the_offer()
    {
        var pair = await Connected();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        await pair.Near.Output.CompleteAsync();
        await Patience.Until(() => pair.Server.Status.InputEnded);
        var next = pair.Server.Lease(2);
        await next.Output.CompleteAsync();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Empty(await next.Input.TakeAll());
    }

    [Fact]
    public async Task A_peer_that_resets_during_an_offer_is_told_to_the_next_owner_after_its_bytes()
    {
        // A close with unread bytes is a reset also where the system tells no abort.
        var pair = await Connected(client: Options with { ReceiveBuffer = 1000 });
        await pair.Far.Output.WriteAsync(Pattern(60_000)).Soon();
        await Patience.Until(() => pair.Server.Status.Unsent == 0 && pair.Client.Status.Unread >= 1000);
        Assert.True(pair.Server.Offer(None).IsSuccess);
        await pair.Near.Output.WriteAsync("rest"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        pair.Client.Abort(Whim);
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);
        var (bytes, code) = await pair.Server.Lease(2).Input.TakeAllUntilFailure();
        Assert.Equal("rest"u8.ToArray(), bytes);
        Assert.Equal(ResultCode.EERESET, code);
    }

    [Fact]
    public async Task Close_during_an_offer_sends_what_was_accepted()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("last"u8.ToArray()).Soon();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        pair.Server.Close();
        Assert.Equal("last"u8.ToArray(), await pair.Near.Input.TakeAll());
    }
}

using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class TornContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task What_was_not_flushed_when_the_owner_died_is_not_sent_and_what_was_is()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("said;"u8.ToArray()).Soon();
        Unflushed(pair.Far, 40_000);
        pair.Server.Tear();
        var next = pair.Server.Lease(2);
        Assert.Equal(5, next.WrittenPosition);
        await next.Output.WriteAsync("and on"u8.ToArray()).Soon();
        await next.Output.CompleteAsync();
        Assert.Equal("said;and on"u8.ToArray(), await pair.Near.Input.TakeAll());
    }

    [Fact]
    public async Task An_end_that_comes_while_nobody_owns_waits_for_the_next_owner()
    {
        var pair = await Connected();
        await pair.Far.Output.CompleteAsync();
        pair.Server.Tear();
        await pair.Near.Output.CompleteAsync();
        await Patience.Until(() => pair.Server.Status.InputEnded);
        Assert.True(await pair.Server.Completion.IsStuck());
        var next = pair.Server.Lease(2);
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Empty(await next.Input.TakeAll());
    }

    [Fact]
    public async Task Memory_that_a_torn_lease_still_writes_to_reaches_nobody()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("a"u8.ToArray()).Soon();
        var stale = pair.Far.Output.GetMemory();
        pair.Server.Tear();
        var next = pair.Server.Lease(2);
        for (var i = 0; i < 50; i++)
        {
            var memory = next.Output.GetMemory(64)[..64];
            memory.Span.Fill((byte)i);
            stale.Span.Fill(255);
            next.Output.Advance(64);
            await next.Output.FlushAsync().Soon();
            stale.Span.Fill(255);
        }

        await next.Output.CompleteAsync();
        var received = await pair.Near.Input.TakeAll();
        Assert.Equal(1 + (64 * 50), received.Length);
        Assert.DoesNotContain((byte)255, received);
    }

    [Fact]
    public async Task A_torn_read_result_shows_the_same_bytes_for_ever()
    {
        // A pool of few blocks, so that one given back too early would be used at once.
        var options = Options with { Blocks = new BlockPool(4096) };
        var pair = await Connected(server: options);
        var busy = await Connected(options, options);
        await pair.Near.Output.WriteAsync(Pattern(30_000)).Soon();
        var torn = await pair.Far.Input.ReadAtLeastAsync(30_000).Soon();
        pair.Server.Tear();
        Assert.Equal(ResultCode.EESECURITY, CodeOf(() => pair.Far.Input.AdvanceTo(torn.Buffer.End)));
        var next = pair.Server.Lease(2);
        for (var i = 0; i < 50; i++)
        {
            await busy.Near.Output.WriteAsync(Enumerable.Repeat((byte)200, 60_000).ToArray()).Soon();
            await busy.Far.Input.Take(60_000);
            await pair.Near.Output.WriteAsync(Enumerable.Repeat((byte)i, 1000).ToArray()).Soon();
            Assert.Equal(Pattern(30_000), torn.Buffer.ToArray());
        }

        Assert.Equal(Pattern(30_000), await next.Input.Take(30_000));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (byte)i),
            (await next.Input.Take(50_000)).Chunk(1000).Select(chunk => Assert.Single(chunk.Distinct())));
    }

    [Fact]
    public async Task A_result_that_was_on_its_way_when_the_lease_ended_is_refused()
    {
        for (var i = 0; i < 300; i++)
        {
            var pair = await Connected();
            var read = pair.Far.Input.ReadAsync().AsTask();
            var write = Task.Run(() => pair.Near.Output.WriteAsync("x"u8.ToArray()).AsTask());
            pair.Server.Tear();
            await write.Soon();

            // Either it was handed out before the end, or it never is; the byte is the next owner's all the same.
            if (await Task.WhenAny(read).Soon() is { IsFaulted: true })
                Assert.Equal(ResultCode.EESECURITY, await CodeOf(() => read));
            Assert.Equal("x"u8.ToArray(), await pair.Server.Lease(2).Input.Take(1));
            await pair.Client.DisposeAsync();
            await pair.Server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_thousand_changes_of_lease_under_traffic_lose_and_double_nothing()
    {
        var random = Seeded();
        var pair = await Connected();
        var sent = Bytes(random, 2_000_000);
        var writing = Task.Run(async () =>
        {
            foreach (var piece in sent.Chunk(1777)) await pair.Near.Output.WriteAsync(piece);
            await pair.Near.Output.CompleteAsync();
        });
        var echoed = Task.Run(() => pair.Near.Input.TakeAll());

        // Each owner echoes what it consumes in one step, now and then leaves a result open or bytes unflushed.
        var lease = pair.Far;
        for (var epoch = 2; epoch < 1002; epoch++)
        {
            await EchoSome(lease, random, most: 2000);
            switch (random.Next(3))
            {
                case 0:
                    lease.Input.TryRead(out _);
                    Unflushed(lease, random.Next(1, 5000));
                    pair.Server.Tear();
                    break;
                case 1:
                    Assert.True(pair.Server.Offer(None).IsSuccess);
                    break;
            }

            lease = pair.Server.Lease(epoch);
        }

        while (await EchoSome(lease, random, most: 100_000))
        {
        }

        await lease.Output.CompleteAsync();
        await writing.Soon();
        Assert.Equal(sent, await echoed.Soon());
    }

    private static void Unflushed(SocketLease lease, int count)
    {
        for (var left = count; left > 0;)
        {
            var piece = lease.Output.GetSpan();
            var size = Math.Min(left, piece.Length);
            piece[..size].Fill(254);
            lease.Output.Advance(size);
            left -= size;
        }

        lease.Output.GetMemory();
    }

    private static async Task<bool> EchoSome(SocketLease lease, Random random, int most)
    {
        var result = await lease.Input.ReadAsync().Soon();
        if (result.Buffer.IsEmpty && result.IsCompleted) return false;
        var echo = result.Buffer.Slice(0, random.NextInt64(0, Math.Min(result.Buffer.Length, most) + 1));
        foreach (var memory in echo) lease.Output.Write(memory.Span);
        var examined = result.Buffer.GetPosition(Math.Min(echo.Length + 1, result.Buffer.Length));
        await lease.CommitAsync(echo.End, random.Next(2) == 0 ? echo.End : examined).Soon();
        return true;
    }
}

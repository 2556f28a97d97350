using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>Bounds that are measured on the whole process: run alone.</summary>
public abstract class FlowContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private const int Piece = 16_000;
    private const long Total = 64L * 1024 * 1024;

    [Fact]
    public async Task A_peer_that_does_not_read_bounds_what_is_held_for_it()
    {
        var pair = await Connected();
        var bytes = Pattern(Piece);
        var before = Held();
        var (mostUnsent, mostHeld, stalls, written) = (0L, 0L, 0, 0L);
        var reading = Task.CompletedTask;
        while (written < Total)
        {
            var write = pair.Far.Output.WriteAsync(bytes).AsTask();
            written += Piece;
            mostUnsent = Math.Max(mostUnsent, pair.Server.Status.Unsent);
            mostHeld = Math.Max(mostHeld, Held());
            while (!write.IsCompleted && await write.IsStuck())
            {
                // Nothing moves: now the peer reads a little.
                if (!reading.IsCompleted) continue;
                stalls++;
                reading = Task.Run(() => Drop(pair, 8_000_000));
            }

            await write.Soon();
        }

        await pair.Far.Output.CompleteAsync();
        await reading.Soon();
        Assert.True(stalls > 0, "the peer never held the writer back");
        Assert.InRange(mostUnsent, Options.SendBuffer / 2, Options.SendBuffer + Options.Blocks.BlockSize);
        Assert.InRange(mostHeld - before, long.MinValue, 32L * 1024 * 1024);
        Assert.InRange(pair.Client.Status.Unread, 0, Options.ReceiveBuffer + Options.Blocks.BlockSize);
    }

    [Fact]
    public async Task An_owner_that_does_not_read_bounds_what_is_held_for_it()
    {
        var pair = await Connected();
        var bytes = Pattern(1_000_000);
        var before = Held();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 64; i++) await pair.Near.Output.WriteAsync(bytes);
            await pair.Near.Output.CompleteAsync();
        });
        await Patience.Until(() => pair.Server.Status.Unread >= Options.ReceiveBuffer);
        Assert.True(await writing.IsStuck(500));
        Assert.InRange(
            pair.Server.Status.Unread, Options.ReceiveBuffer, Options.ReceiveBuffer + Options.Blocks.BlockSize);
        Assert.InRange(Held() - before, long.MinValue, 32L * 1024 * 1024);

        var received = 0L;
        for (var ended = false; !ended;)
        {
            var result = await pair.Far.Input.ReadAsync().Soon();
            Assert.InRange(result.Buffer.Length, 0, Options.ReceiveBuffer + Options.Blocks.BlockSize);
            received += result.Buffer.Length;
            pair.Far.Input.AdvanceTo(result.Buffer.End);
            ended = result.IsCompleted;
        }

        Assert.Equal(64_000_000, received);
        await writing.Soon();
    }

    [Fact]
    public async Task An_idle_connection_holds_no_block()
    {
        var options = Options with { Blocks = new Handoff.Transport.Sockets.BlockPool() };
        var pair = await Connected(options, options);
        await pair.Near.Output.WriteAsync(Pattern(100_000)).Soon();
        await pair.Far.Input.Take(100_000);
        await pair.Far.Output.WriteAsync("ok"u8.ToArray()).Soon();
        await pair.Near.Input.Take(2);
        await Patience.Until(() => pair.Server.Status.Unsent == 0);
        await Patience.Until(() => options.Blocks.MadeCount == options.Blocks.IdleCount);
        Assert.True(options.Blocks.MadeCount > 0);
    }

    private static async Task Drop(Pair pair, long count)
    {
        while (count > 0)
        {
            var result = await pair.Near.Input.ReadAsync().Soon();
            count -= result.Buffer.Length;
            pair.Near.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return;
        }
    }

    // Blocks are pinned and live on the managed heap, so that it holds all there is to bound.
    private static long Held() => GC.GetTotalMemory(forceFullCollection: false);
}

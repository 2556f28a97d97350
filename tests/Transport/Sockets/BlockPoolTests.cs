using System.Runtime.InteropServices;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tests.Sockets;

public sealed class BlockPoolTests
{
    [Fact]
    public void A_block_that_was_given_back_is_used_again()
    {
        using var pool = new BlockPool(512);
        var first = pool.Rent();
        Assert.Equal(512, first.Memory.Length);
        first.Dispose();
        Assert.Equal(1, pool.IdleCount);
        Assert.Same(first, pool.Rent());
        Assert.NotSame(first, pool.Rent());
        Assert.Equal(2, pool.MadeCount);
    }

    [Fact]
    public void A_block_given_back_twice_is_in_the_pool_once()
    {
        using var pool = new BlockPool(512);
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();
        Assert.Equal(1, pool.IdleCount);
        Assert.NotSame(pool.Rent(), pool.Rent());
    }

    [Fact]
    public void A_discarded_block_never_comes_back()
    {
        using var pool = new BlockPool(512);
        var block = pool.Take();
        block.Discard();
        block.GiveBack();
        Assert.Equal(0, pool.IdleCount);
        Assert.NotSame(block, pool.Take());
    }

    [Fact]
    public void No_more_than_the_bound_are_kept()
    {
        using var pool = new BlockPool(512, maxIdle: 2);
        var blocks = Enumerable.Range(0, 5).Select(_ => pool.Rent()).ToArray();
        foreach (var block in blocks) block.Dispose();
        Assert.Equal(2, pool.IdleCount);
        pool.Dispose();
        Assert.Equal(0, pool.IdleCount);
    }

    [Fact]
    public void A_piece_larger_than_a_block_is_not_rented_and_not_pooled()
    {
        using var pool = new BlockPool(512);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(513));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(-2));
        var large = pool.Take(3000);
        Assert.Equal(3000, large.Memory.Length);
        large.GiveBack();
        Assert.Equal(0, pool.IdleCount);
    }

    [Fact]
    public void A_large_block_is_four_small_ones_and_pooled_by_itself()
    {
        using var pool = new BlockPool(512);
        var large = pool.Take(513);
        Assert.Equal((2048, 2048), (pool.LargeBlockSize, large.Memory.Length));
        large.GiveBack();
        Assert.Equal(1, pool.IdleCount);
        Assert.NotSame(large, pool.Take(512));
        Assert.Same(large, pool.Take(2048));
    }

    [Fact]
    public void A_block_is_an_array_that_can_be_pinned()
    {
        using var pool = new BlockPool(512);
        var memory = pool.Rent().Memory;
        Assert.True(MemoryMarshal.TryGetArray<byte>(memory[100..], out var array));
        Assert.Equal((100, 412), (array.Offset, array.Count));
        using var pin = memory[7..].Pin();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Take().Pin(513));
    }

    [Fact]
    public void Many_threads_never_hold_the_same_block()
    {
        using var pool = new BlockPool(256, maxIdle: 8);
        Parallel.For(0, 8, worker =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var block = pool.Take();
                block.Memory.Span.Fill((byte)worker);
                Assert.Equal(-1, block.Memory.Span.IndexOfAnyExcept((byte)worker));
                block.GiveBack();
            }
        });
        Assert.InRange(pool.IdleCount, 1, 8 + (2 * Environment.ProcessorCount));
    }
}

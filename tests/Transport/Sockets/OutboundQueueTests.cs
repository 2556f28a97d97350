using System.Buffers;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sockets;

public sealed class OutboundQueueTests(ITestOutputHelper output)
{
    private readonly BlockPool _pool = new(256);

    [Fact]
    public void What_was_not_accepted_is_dropped_and_its_blocks_are_never_used_again()
    {
        var queue = new OutboundQueue(_pool, pauseAt: 1000);
        queue.Write(new byte[10]);
        queue.Accept();
        queue.Write(new byte[500]);
        queue.DropUnflushed();
        Assert.Equal((10, 10, 0), (queue.Accepted, queue.Written, queue.Unflushed));
        queue.Write([1]);
        queue.Accept();
        Assert.Equal([.. new byte[10], 1], queue.Batch(100).ToArray());
        queue.MarkSent(11);
        Assert.Equal((3, 1), (_pool.MadeCount, _pool.IdleCount));
    }

    [Fact]
    public void A_block_that_is_lent_when_its_owner_goes_is_never_used_again()
    {
        var queue = new OutboundQueue(_pool, pauseAt: 1000);
        queue.Lend(1);
        queue.DropUnflushed();
        queue.Write([1]);
        queue.Accept();
        queue.MarkSent(1);
        Assert.Equal((2, 1), (_pool.MadeCount, _pool.IdleCount));
    }

    [Fact]
    public void A_block_that_is_lent_is_not_given_back_when_all_before_it_is_sent()
    {
        var queue = new OutboundQueue(_pool, pauseAt: 1000);
        queue.Write([1]);
        queue.Accept();
        var lent = queue.Lend(1);
        queue.MarkSent(1);
        Assert.Equal(0, _pool.IdleCount);
        lent.Span[0] = 2;
        queue.Advance(1);
        queue.Accept();
        Assert.Equal([2], queue.Batch(10).ToArray());
        queue.MarkSent(1);
        Assert.Equal(1, _pool.IdleCount);
    }

    [Fact]
    public void No_more_is_advanced_than_was_lent()
    {
        var queue = new OutboundQueue(_pool, pauseAt: 1000);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Advance(1));
        var lent = queue.Lend(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Advance(lent.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Advance(-1));
        queue.Advance(lent.Length - 1);
        queue.Advance(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Advance(1));
    }

    [Fact]
    public void A_batch_ends_at_its_bound_and_at_what_was_accepted()
    {
        var queue = new OutboundQueue(_pool, pauseAt: 1000);
        var bytes = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();
        queue.Write(bytes);
        queue.Accept();
        queue.Write(bytes);
        Assert.True(queue.IsFull);
        Assert.Equal(bytes[..600], queue.Batch(600).ToArray());
        queue.MarkSent(500);
        Assert.False(queue.IsFull || queue.HasRoom);
        Assert.Equal(bytes[500..], queue.Batch(600).ToArray());
        queue.MarkSent(1);
        Assert.True(queue.HasRoom);
    }

    [Fact]
    public void Any_order_of_steps_sends_what_was_accepted_in_its_order()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 100; i++) Walk(random, new OutboundQueue(_pool, pauseAt: 5000));
    }

    private static void Walk(Random random, OutboundQueue queue)
    {
        var (accepted, sent, written) = (new List<byte>(), new List<byte>(), new List<byte>());
        for (var step = 0; step < 300; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    var lent = queue.Lend(random.Next(0, 400));
                    var count = random.Next(0, lent.Length + 1);
                    random.NextBytes(lent.Span[..count]);
                    written.AddRange(lent.Span[..count]);
                    queue.Advance(count);
                    break;
                case 2:
                    queue.Accept();
                    accepted.AddRange(written);
                    written.Clear();
                    break;
                case 3 when random.Next(4) == 0:
                    if (random.Next(2) == 0) queue.Lend(1);
                    queue.DropUnflushed();
                    written.Clear();
                    break;
                case 4 or 5 when queue.Unsent > 0:
                    var batch = queue.Batch(random.Next(1, 1000)).ToArray();
                    var part = random.Next(1, batch.Length + 1);
                    sent.AddRange(batch[..part]);
                    queue.MarkSent(part);
                    break;
            }

            Assert.Equal((accepted.Count, sent.Count), (queue.Accepted, queue.Sent));
        }

        Assert.Equal(accepted[..sent.Count], sent);
        if (queue.Unsent > 0) Assert.Equal(accepted[sent.Count..], queue.Batch(int.MaxValue).ToArray());
    }
}

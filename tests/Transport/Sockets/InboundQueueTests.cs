using System.Buffers;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Sockets;

public sealed class InboundQueueTests(ITestOutputHelper output)
{
    private readonly BlockPool _pool = new(256);

    [Fact]
    public void What_is_received_into_a_torn_block_is_the_next_owners_and_changes_nothing_for_the_old_one()
    {
        var queue = new InboundQueue(_pool, pauseAt: 1000);
        Receive(queue, [1, 2, 3]);
        var memory = queue.BeginReceive();
        var torn = queue.Unread;
        queue.Tear(queue.Tail!);
        new byte[] { 4, 5 }.CopyTo(memory);
        queue.EndReceive(2);
        Assert.Equal([1, 2, 3], torn.ToArray());
        Assert.Equal([1, 2, 3, 4, 5], queue.Unread.ToArray());
        Receive(queue, [6]);
        Assert.Equal([1, 2, 3], torn.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], queue.Unread.ToArray());
    }

    [Fact]
    public void A_block_that_is_received_into_stays_even_when_all_before_it_is_consumed()
    {
        var queue = new InboundQueue(_pool, pauseAt: 1000);
        Receive(queue, [1, 2, 3]);
        var memory = queue.BeginReceive();
        queue.Advance(queue.Unread.End, queue.Unread.End, end: 3);
        Assert.Equal(0, _pool.IdleCount);
        memory.Span[0] = 4;
        queue.EndReceive(1);
        Assert.Equal([4], queue.Unread.ToArray());
        queue.BeginReceive();
        queue.Advance(queue.Unread.End, queue.Unread.End, end: 4);
        queue.EndReceive(0);
        Assert.Equal(_pool.MadeCount, _pool.IdleCount);
    }

    [Fact]
    public void What_is_received_while_the_queue_is_cleared_is_dropped_and_its_block_given_back()
    {
        var queue = new InboundQueue(_pool, pauseAt: 1000);
        Receive(queue, [1, 2, 3]);
        queue.BeginReceive();
        queue.Clear(openLast: null);
        Assert.Equal(0, queue.UnreadLength);
        Assert.Equal(0, _pool.IdleCount);
        queue.EndReceive(0);
        Assert.Equal(1, _pool.IdleCount);
    }

    [Fact]
    public void What_an_open_result_shows_is_not_given_back_when_the_queue_is_cleared()
    {
        var queue = new InboundQueue(_pool, pauseAt: 1000);
        Receive(queue, new byte[300]);
        var (shown, last) = (queue.Unread, queue.Tail!);
        Receive(queue, new byte[2000]);
        queue.Clear(last);
        Assert.InRange(_pool.IdleCount, 1, _pool.MadeCount - 1);
        Assert.Equal(300, shown.ToArray().Length);
    }

    [Fact]
    public void A_stream_that_fills_its_blocks_gets_large_ones_until_it_does_not()
    {
        var queue = new InboundQueue(_pool, pauseAt: 100_000);
        Assert.Equal(_pool.BlockSize, queue.BeginReceive().Length);
        queue.EndReceive(_pool.BlockSize);
        Assert.Equal(_pool.LargeBlockSize, queue.BeginReceive().Length);
        queue.EndReceive(_pool.LargeBlockSize);
        Assert.Equal(_pool.LargeBlockSize, queue.BeginReceive().Length);
        queue.EndReceive(_pool.LargeBlockSize - 1);
        Assert.Equal(_pool.BlockSize, queue.BeginReceive().Length);
        queue.EndReceive(0);
    }

    [Fact]
    public void No_more_than_a_small_block_is_received_above_the_bound()
    {
        var queue = new InboundQueue(_pool, pauseAt: _pool.BlockSize + 10);
        queue.BeginReceive();
        queue.EndReceive(_pool.BlockSize);
        Assert.Equal(_pool.BlockSize + 10, queue.BeginReceive().Length);
        queue.EndReceive(0);
    }

    [Fact]
    public void It_is_full_by_what_was_not_examined()
    {
        var queue = new InboundQueue(_pool, pauseAt: 100);
        Receive(queue, new byte[99]);
        Assert.False(queue.IsFull);
        Receive(queue, new byte[1]);
        Assert.True(queue.IsFull);
        queue.Advance(queue.Unread.Start, queue.Unread.GetPosition(50), end: 100);
        Assert.False(queue.IsFull || queue.HasRoom);
        queue.Advance(queue.Unread.Start, queue.Unread.GetPosition(51), end: 100);
        Assert.True(queue.HasRoom);
        queue.ForgetExamined();
        Assert.True(queue.IsFull);
    }

    [Fact]
    public void Any_order_of_steps_keeps_the_bytes_in_theirs()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 100; i++) Walk(random, new InboundQueue(_pool, pauseAt: 5000));
    }

    private static void Walk(Random random, InboundQueue queue)
    {
        var unread = new List<byte>();
        var consumed = new List<byte>();
        var torn = new List<(ReadOnlySequence<byte> Shown, byte[] Bytes)>();
        for (var step = 0; step < 200; step++)
        {
            var memory = queue.BeginReceive();
            var count = random.Next(0, memory.Length + 1);
            random.NextBytes(memory.Span[..count]);
            var received = memory[..count].ToArray();
            if (random.Next(2) == 0) ReadOrTear(random, queue, unread, consumed, torn);
            if (random.Next(5) == 0) PushBack(random, queue, unread, consumed);
            queue.EndReceive(count);
            unread.AddRange(received);
            if (random.Next(2) == 0) ReadOrTear(random, queue, unread, consumed, torn);
            Assert.Equal(unread, queue.Unread.ToArray());
            Assert.Equal((consumed.Count, unread.Count), (queue.Consumed, queue.UnreadLength));
        }

        Assert.All(torn, old => Assert.Equal(old.Bytes, old.Shown.ToArray()));
    }

    private static void ReadOrTear(
        Random random,
        InboundQueue queue,
        List<byte> unread,
        List<byte> consumed,
        List<(ReadOnlySequence<byte> Shown, byte[] Bytes)> torn)
    {
        var shown = queue.Unread;
        if (shown.IsEmpty) return;
        if (random.Next(4) == 0)
        {
            torn.Add((shown, shown.ToArray()));
            queue.Tear(queue.Tail!);
            return;
        }

        var taken = random.Next(0, (int)shown.Length + 1);
        var examined = random.Next(taken, (int)shown.Length + 1);
        queue.Advance(shown.GetPosition(taken), shown.GetPosition(examined), queue.Received);
        consumed.AddRange(unread[..taken]);
        unread.RemoveRange(0, taken);
    }

    private static void PushBack(Random random, InboundQueue queue, List<byte> unread, List<byte> consumed)
    {
        var count = random.Next(0, Math.Min(consumed.Count, 700) + 1);
        var back = consumed[^count..];
        consumed.RemoveRange(consumed.Count - count, count);
        unread.InsertRange(0, back);
        queue.PushBack(new ReadOnlySequence<byte>([.. back]));
    }

    private static void Receive(InboundQueue queue, byte[] bytes)
    {
        for (var left = bytes.AsMemory(); !left.IsEmpty;)
        {
            var memory = queue.BeginReceive();
            var count = Math.Min(memory.Length, left.Length);
            left[..count].CopyTo(memory);
            left = left[count..];
            queue.EndReceive(count);
        }
    }
}

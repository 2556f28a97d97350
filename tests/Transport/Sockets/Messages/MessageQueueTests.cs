using System.Net;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Tests.Sockets.Messages;

public sealed class MessageQueueTests
{
    private static readonly EndPoint Here = new IPEndPoint(IPAddress.Loopback, 1);
    private static readonly EndPoint There = new IPEndPoint(IPAddress.Loopback, 2);

    [Fact]
    public void Messages_of_any_size_come_out_as_they_went_in_and_leave_nothing_behind()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var pool = new BlockPool(blockSize: 256);
        var queue = new MessageQueue(pool, maxMessages: 1000, maxBytes: 1_000_000);
        var model = new Queue<byte[]>();
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(100) < 50 + (i % 2000 < 1000 ? 10 : -10))
            {
                var bytes = new byte[random.Next(10) == 0 ? random.Next(3000) : random.Next(100)];
                random.NextBytes(bytes);
                queue.Append(MessageKind.Data, bytes, new MessageFacts { Address = Here }, ResultCode.EESUCCESS);
                model.Enqueue(bytes);
            }
            else if (model.TryDequeue(out var expected))
            {
                Assert.True(expected.AsSpan().SequenceEqual(queue[queue.First].Bytes.Span), $"seed {seed}, step {i}");
                queue.Remove();
            }

            Assert.Equal((model.Count, model.Sum(bytes => bytes.Length)), (queue.Count, (int)queue.Bytes));
        }

        queue.Clear();
        Assert.Equal(pool.MadeCount, pool.IdleCount);
        Assert.True(pool.MadeCount > 0);
    }

    [Fact]
    public void A_block_that_somebody_may_look_at_is_never_used_again()
    {
        var pool = new BlockPool(blockSize: 256, maxIdle: 1);
        var queue = new MessageQueue(pool, maxMessages: 10, maxBytes: 1000);
        Append(queue, new byte[200]);
        var seen = queue[0].Bytes;
        queue.DiscardFirst();
        Append(queue, [1, 2, 3]);
        queue.Remove();
        for (var i = 0; i < 10; i++)
        {
            Append(queue, [.. Enumerable.Repeat((byte)7, 200)]);
            queue.Remove();
        }

        Assert.True(seen.Span.IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void A_failure_that_is_told_over_and_over_is_one_and_at_the_bound_the_last_word()
    {
        var queue = new MessageQueue(new BlockPool(), maxMessages: 4, maxBytes: 1000);
        for (var i = 0; i < 5; i++) queue.AppendFailure(ResultCode.EECONNREFUSED, Here);
        Assert.Equal(1, queue.Count);
        queue.AppendFailure(ResultCode.EECONNREFUSED, There);
        queue.AppendFailure(ResultCode.EEUNREACH, There);
        Append(queue, [1]);
        Assert.True(queue.IsFull);
        for (var i = 0; i < 5; i++) queue.AppendFailure(ResultCode.EESENDTO, i % 2 == 0 ? Here : There);
        Assert.Equal(5, queue.Count);
        Assert.Equal(ResultCode.EESENDTO, queue[4].Code);
    }

    [Fact]
    public void It_is_full_by_count_or_by_bytes_and_has_room_below_half_of_both()
    {
        var queue = new MessageQueue(new BlockPool(), maxMessages: 4, maxBytes: 100);
        for (var i = 0; i < 4; i++) Append(queue, []);
        Assert.Equal((true, false), (queue.IsFull, queue.HasRoom));
        queue.Remove();
        queue.Remove();
        Assert.Equal((false, false), (queue.IsFull, queue.HasRoom));
        queue.Remove();
        Assert.True(queue.HasRoom);
        queue.Clear();
        Append(queue, new byte[100]);
        Assert.Equal((true, false), (queue.IsFull, queue.HasRoom));
    }

    private static void Append(MessageQueue queue, byte[] bytes) =>
        queue.Append(MessageKind.Data, bytes, default, ResultCode.EESUCCESS);
}

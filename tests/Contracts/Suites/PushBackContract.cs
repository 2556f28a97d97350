using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class PushBackContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task An_offer_is_refused_in_the_order_of_its_checks_and_without_a_trace()
    {
        var pair = await Connected(server: Options with { MaxPushBack = 10 });
        await pair.Near.Output.WriteAsync(Pattern(20)).Soon();
        await pair.Far.Input.Take(5);
        var tooMany = new ReadOnlySequence<byte>(Pattern(11));
        var neverRead = new ReadOnlySequence<byte>(Pattern(6));

        Assert.True(pair.Far.Input.TryRead(out var open));
        Assert.Equal(ResultCode.EEBUSY, pair.Server.Offer(tooMany).Code);
        pair.Far.Input.AdvanceTo(open.Buffer.Start);
        Assert.Equal(ResultCode.EEMSGSIZE, pair.Server.Offer(tooMany).Code);
        Assert.Equal(ResultCode.EEBADDATA, pair.Server.Offer(neverRead).Code);
        Assert.Equal(5, pair.Far.ConsumedPosition);

        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.Equal(ResultCode.EEALREADY, pair.Server.Offer(tooMany).Code);
        pair.Server.Tear();
        Assert.Equal(ResultCode.EEALREADY, pair.Server.Offer(None).Code);
        pair.Server.Resume();
        var next = pair.Server.Lease(2);
        Assert.Equal(ResultCode.EEBADDATA, pair.Server.Offer(new ReadOnlySequence<byte>(new byte[1])).Code);
        Assert.Equal(Pattern(20)[5..], await next.Input.Take(15));
        pair.Server.Close();
        Assert.Equal(ResultCode.EEBADF, pair.Server.Offer(tooMany).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_pushed_back_is_read_first(bool isReverted)
    {
        var pair = await Connected(server: Options with { Blocks = new BlockPool(256) });
        await pair.Near.Output.WriteAsync(Pattern(5000)).Soon();
        var read = await pair.Far.Input.Take(2000);
        var pending = pair.Far.Input.ReadAsync().AsTask();
        var result = await pending.Soon();
        pair.Far.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        await Patience.Until(() => pair.Server.Status.BytesReceived == 5000);

        Assert.Equal(SocketResult.Success, pair.Server.Offer(new ReadOnlySequence<byte>(read.AsMemory(700))));
        Assert.Equal(4300, pair.Server.Status.Unread);
        Assert.Equal(700, pair.Far.ConsumedPosition);
        if (isReverted) pair.Server.Resume();
        var lease = isReverted ? pair.Far : pair.Server.Lease(2);
        Assert.Equal(Pattern(5000)[700..], await lease.Input.Take(4300));
        Assert.Equal(5000, lease.ConsumedPosition);
    }

    [Fact]
    public async Task A_pending_read_is_completed_by_what_was_pushed_back_at_the_revert()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("abc"u8.ToArray()).Soon();
        var read = await pair.Far.Input.Take(3);
        var pending = pair.Far.Input.ReadAsync().AsTask();
        Assert.True(pair.Server.Offer(new ReadOnlySequence<byte>(read)).IsSuccess);
        Assert.True(await pending.IsStuck());
        pair.Server.Resume();
        Assert.Equal("abc"u8.ToArray(), (await pending.Soon()).Buffer.ToArray());
    }

    [Fact]
    public async Task What_comes_while_offered_stays_in_its_order_through_both_outcomes()
    {
        var random = Seeded();
        var pair = await Connected(server: Options with { ReceiveBuffer = 20_000, Blocks = new BlockPool(1024) });
        var sent = Bytes(random, 1024 * 1024);
        var writing = Task.Run(async () =>
        {
            await pair.Near.Output.WriteAsync(sent);
            await pair.Near.Output.CompleteAsync();
        });
        var received = new List<byte>(sent.Length);
        var lease = pair.Far;
        for (var epoch = 2; received.Count < sent.Length; epoch++)
        {
            var result = await lease.Input.ReadAsync().Soon();
            var part = result.Buffer.Slice(0, random.NextInt64(0, result.Buffer.Length + 1));
            var back = random.Next(0, (int)Math.Min(part.Length, 3000) + 1);
            received.AddRange(part.ToArray());
            lease.Input.AdvanceTo(part.End);
            var pushBack = received.GetRange(received.Count - back, back).ToArray();
            Assert.Equal(SocketResult.Success, pair.Server.Offer(new ReadOnlySequence<byte>(pushBack)));
            received.RemoveRange(received.Count - back, back);
            if (random.Next(4) == 0) await Task.Yield();
            if (random.Next(2) == 0) pair.Server.Resume();
            else lease = pair.Server.Lease(epoch);
            Assert.Equal(received.Count, lease.ConsumedPosition);
        }

        await writing.Soon();
        Assert.Equal(sent, received);
        Assert.Empty(await lease.Input.TakeAll());
    }

    [Fact]
    public async Task An_offer_that_outlives_its_owner_keeps_everything_for_the_next_one()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("abcdef"u8.ToArray()).Soon();
        var read = await pair.Far.Input.Take(4);
        Assert.True(pair.Server.Offer(new ReadOnlySequence<byte>(read.AsMemory(2))).IsSuccess);
        pair.Server.Tear();
        await pair.Near.Output.WriteAsync("ghi"u8.ToArray()).Soon();
        Assert.Equal("cdefghi"u8.ToArray(), await pair.Server.Lease(2).Input.Take(7));
    }
}

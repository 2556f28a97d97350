using System.Net.Sockets;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>One side, or both, of a connection that stays open: soshutdown(9).</summary>
public abstract class ShutdownContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task The_writing_side_ends_after_what_was_accepted_and_reading_goes_on()
    {
        var pair = await Connected();
        await pair.Far.Output.WriteAsync("last"u8.ToArray()).Soon();
        Assert.True(pair.Far.Shutdown(SocketShutdown.Send).IsSuccess);
        Assert.Equal("last"u8.ToArray(), await pair.Near.Input.TakeAll());
        Assert.Equal(ResultCode.EENOTCONN, await CodeOf(() => pair.Far.Output.WriteAsync(new byte[1]).AsTask()));
        await pair.Near.Output.WriteAsync("answer"u8.ToArray()).Soon();
        Assert.Equal("answer"u8.ToArray(), await pair.Far.Input.Take(6));
        Assert.True(pair.Far.Shutdown(SocketShutdown.Send).IsSuccess);
    }

    [Fact]
    public async Task The_reading_side_drops_what_is_unread_and_what_comes_and_writing_goes_on()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(10_000)).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 10_000);
        Assert.True(pair.Far.Shutdown(SocketShutdown.Receive).IsSuccess);
        Assert.Empty(await pair.Far.Input.TakeAll());
        Assert.True(pair.Server.Status is { Unread: 0, InputEnded: true });

        // More than queues and system hold together: it is taken, and bounded is what is held.
        for (var i = 0; i < 64; i++) await pair.Near.Output.WriteAsync(Pattern(100_000)).Soon();
        Assert.Equal(0, pair.Server.Status.Unread);
        await pair.Far.Output.WriteAsync("still here"u8.ToArray()).Soon();
        Assert.Equal("still here"u8.ToArray(), await pair.Near.Input.Take(10));
        Assert.Empty(await pair.Far.Input.TakeAll());
    }

    [Fact]
    public async Task A_pending_read_ends_when_the_reading_side_does()
    {
        var pair = await Connected();
        var read = pair.Far.Input.ReadAsync().AsTask();
        Assert.True(pair.Server.Shutdown(SocketShutdown.Receive).IsSuccess);
        var result = await read.Soon();
        Assert.True(result is { IsCompleted: true, Buffer.IsEmpty: true });
    }

    [Fact]
    public async Task With_both_sides_shut_down_the_connection_ends_with_the_peers_fin()
    {
        var pair = await Connected();
        Assert.True(pair.Far.Shutdown(SocketShutdown.Both).IsSuccess);
        Assert.Empty(await pair.Near.Input.TakeAll());
        await pair.Near.Output.WriteAsync(Pattern(100_000)).Soon();
        Assert.True(await pair.Server.Completion.IsStuck());
        await pair.Near.Output.CompleteAsync();
        Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
        Assert.Equal(SocketResult.Success, await pair.Client.Completion.Soon());
        Assert.Equal(ResultCode.EENOTCONN, pair.Far.Shutdown(SocketShutdown.Both).Code);
    }

    [Fact]
    public async Task A_side_that_was_shut_down_is_so_for_the_next_owner_too()
    {
        var pair = await Connected();
        Assert.True(pair.Far.Shutdown(SocketShutdown.Both).IsSuccess);
        await pair.Near.Output.WriteAsync("into the void"u8.ToArray()).Soon();
        Assert.True(pair.Server.Offer(None).IsSuccess);
        var next = pair.Server.Lease(2);
        Assert.Empty(await next.Input.TakeAll());
        Assert.Equal(ResultCode.EENOTCONN, await CodeOf(() => next.Output.FlushAsync().AsTask()));
    }

    [Theory]
    [InlineData(SocketShutdown.Receive)]
    [InlineData(SocketShutdown.Send)]
    [InlineData(SocketShutdown.Both)]
    public async Task A_side_that_is_in_use_is_not_shut_down_and_the_order_of_the_checks_is_kept(SocketShutdown how)
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("open"u8.ToArray()).Soon();
        var open = await pair.Far.Input.ReadAtLeastAsync(4).Soon();
        pair.Far.Output.GetSpan(1)[0] = 1;
        pair.Far.Output.Advance(1);
        Assert.Equal(ResultCode.EEBUSY, pair.Far.Shutdown(how).Code);
        Assert.True(pair.Server.Status is { InputEnded: false, OutputEnded: false });
        pair.Far.Input.AdvanceTo(open.Buffer.Start);
        await pair.Far.Output.FlushAsync().Soon();

        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.Equal(ResultCode.EESOCKRLSD, pair.Far.Shutdown(how).Code);
        var next = pair.Server.Lease(2);
        Assert.Equal(ResultCode.EESECURITY, pair.Far.Shutdown(how).Code);
        pair.Server.Close();
        Assert.Equal(ResultCode.EEBADF, pair.Far.Shutdown(how).Code);
        Assert.Equal(ResultCode.EEBADF, next.Shutdown(how).Code);
    }

    [Fact]
    public async Task The_reading_side_may_end_at_any_moment_of_a_stream()
    {
        var random = Seeded();
        for (var i = 0; i < 100; i++)
        {
            var pair = await Connected();
            var writing = Task.Run(async () =>
            {
                for (var n = 0; n < 30; n++) await pair.Near.Output.WriteAsync(Pattern(10_000));
                await pair.Near.Output.CompleteAsync();
            });
            var enough = random.Next(0, 300_000);
            var taken = 0L;
            while (taken < enough)
            {
                var result = await pair.Far.Input.ReadAsync().Soon();
                taken += result.Buffer.Length;
                pair.Far.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) break;
            }

            Assert.True(pair.Far.Shutdown(SocketShutdown.Both).IsSuccess);
            Assert.Empty(await pair.Far.Input.TakeAll());
            await writing.Soon();
            Assert.Equal(SocketResult.Success, await pair.Server.Completion.Soon());
            Assert.Equal(pair.Far.ConsumedPosition, pair.Server.Status.BytesReceived);
        }
    }
}

using System.Buffers;
using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

/// <summary>
/// Reading without consuming, and reading exactly so much: soreceive(9)'s MSG_PEEK and MSG_WAITALL. The pipe has both.
/// </summary>
public abstract class PeekContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    [Fact]
    public async Task What_was_peeked_at_is_read_again_at_once()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("peek"u8.ToArray()).Soon();
        for (var i = 0; i < 3; i++)
        {
            var peeked = await pair.Far.Input.ReadAtLeastAsync(4).Soon();
            Assert.Equal("peek"u8.ToArray(), peeked.Buffer.ToArray());
            pair.Far.Input.AdvanceTo(peeked.Buffer.Start); // nothing consumed, nothing examined
        }

        Assert.Equal((0, 4), (pair.Far.ConsumedPosition, pair.Server.Status.Unread));
        Assert.Equal("peek"u8.ToArray(), await pair.Far.Input.Take(4));
    }

    [Fact]
    public async Task What_was_peeked_at_is_the_next_owners()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("route me"u8.ToArray()).Soon();
        var peeked = await pair.Far.Input.ReadAtLeastAsync(8).Soon();
        pair.Far.Input.AdvanceTo(peeked.Buffer.Start);
        Assert.True(pair.Server.Offer(None).IsSuccess);
        Assert.Equal("route me"u8.ToArray(), await pair.Server.Lease(2).Input.Take(8));
    }

    [Fact]
    public async Task A_peek_leaves_the_failure_behind_the_bytes()
    {
        var pair = await Connected(client: Options with { ReceiveBuffer = 1000 });
        await pair.Far.Output.WriteAsync(Pattern(60_000)).Soon();
        await Patience.Until(() => pair.Server.Status.Unsent == 0 && pair.Client.Status.Unread >= 1000);
        await pair.Near.Output.WriteAsync("rest"u8.ToArray()).Soon();
        await Patience.Until(() => pair.Server.Status.Unread == 4);
        pair.Client.Abort(SocketResult.Of(ResultCode.EEABORTED));
        await pair.Server.Completion.Soon();
        var peeked = await pair.Far.Input.ReadAsync().Soon();
        pair.Far.Input.AdvanceTo(peeked.Buffer.Start);
        Assert.Equal("rest"u8.ToArray(), await pair.Far.Input.Take(4));
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => pair.Far.Input.ReadAsync().AsTask()));
    }

    [Fact]
    public async Task Waiting_for_all_waits_for_more_than_the_receive_buffer_if_the_owner_says_so()
    {
        var pair = await Connected(server: Options with { ReceiveBuffer = 1000 });
        var writing = Task.Run(async () =>
        {
            foreach (var piece in Pattern(200_000).Chunk(777)) await pair.Near.Output.WriteAsync(piece);
        });
        Assert.Equal(Pattern(200_000), await pair.Far.Input.Take(200_000));
        await writing.Soon();
    }

    [Fact]
    public async Task Waiting_for_all_ends_early_at_the_end_and_has_what_came_before_it()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync("short"u8.ToArray()).Soon();
        await pair.Near.Output.CompleteAsync();
        var result = await pair.Far.Input.ReadAtLeastAsync(100).Soon();
        Assert.True(result.IsCompleted);
        Assert.Equal("short"u8.ToArray(), result.Buffer.ToArray());
        pair.Far.Input.AdvanceTo(result.Buffer.End);
    }
}

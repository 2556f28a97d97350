using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Xunit.Abstractions;
using static Handoff.Contracts.Tests.Setup.Reading;

namespace Handoff.Contracts.Tests.Suites;

public abstract class ResetContract(TransportKind kind, ITestOutputHelper output) : Suite(kind, output)
{
    private static readonly SocketResult Whim = new(ResultCode.EEABORTED, "a whim");

    [Fact]
    public async Task A_reset_is_read_after_the_bytes_that_came_before_it()
    {
        var pair = await Connected();
        await pair.Near.Output.WriteAsync(Pattern(16_000)).Soon();
        await Patience.Until(() => pair.Server.Status.BytesReceived == 16_000);
        await Reset(pair, Whim);
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);

        var (bytes, code) = await pair.Far.Input.TakeAllUntilFailure();
        Assert.Equal(Pattern(16_000), bytes);
        Assert.Equal(ResultCode.EERESET, code);
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => pair.Far.Input.ReadAsync().AsTask()));
        Assert.Equal(ResultCode.EERESET, CodeOf(() => pair.Far.Output.GetMemory()));
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => pair.Far.Output.FlushAsync().AsTask()));
    }

    [Fact]
    public async Task Bytes_that_the_system_still_holds_at_a_reset_are_read_first()
    {
        var pair = await Connected(server: Options with { ReceiveBuffer = 1000 });
        await pair.Near.Output.WriteAsync(Pattern(60_000)).Soon();
        await Patience.Until(() => pair.Client.Status.Unsent == 0 && pair.Server.Status.Unread >= 1000);
        Assert.True(pair.Server.Status.BytesReceived < 60_000);
        await Reset(pair, Whim);

        var (bytes, code) = await pair.Far.Input.TakeAllUntilFailure();
        Assert.Equal(Pattern(60_000), bytes);
        Assert.Equal(ResultCode.EERESET, code);
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);
    }

    [Fact]
    public async Task A_reset_that_sending_meets_first_is_still_read_after_the_bytes_before_it()
    {
        var pair = await Connected(server: Options with { ReceiveBuffer = 1000 });
        await pair.Near.Output.WriteAsync(Pattern(60_000)).Soon();
        await Patience.Until(() => pair.Client.Status.Unsent == 0 && pair.Server.Status.Unread >= 1000);
        pair.Client.Abort(Whim);
        await pair.Client.Completion.Soon();

        Assert.Equal(ResultCode.EERESET, await WriteUntilItFails(pair.Far));
        var (bytes, end) = await pair.Far.Input.TakeAllUntilFailure();
        Assert.Equal(Pattern(60_000), bytes);
        Assert.Equal(ResultCode.EERESET, end);
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);
    }

    [Fact]
    public async Task After_a_failed_send_an_owner_that_does_not_read_is_waited_for_within_a_bound()
    {
        var time = new ManualTime();
        var pair = await Connected(server: Options with { ReceiveBuffer = 1000, TimeProvider = time });
        await pair.Near.Output.WriteAsync(Pattern(60_000)).Soon();
        await Patience.Until(() => pair.Client.Status.Unsent == 0 && pair.Server.Status.Unread >= 1000);
        pair.Client.Abort(Whim);
        await pair.Client.Completion.Soon();
        Assert.Equal(ResultCode.EERESET, await WriteUntilItFails(pair.Far));
        Assert.True(await pair.Server.Completion.IsStuck());

        // The writer may hear of it a little before the time begins to run.
        await Patience.Until(() =>
        {
            time.Advance(Options.CloseTimeout);
            return pair.Server.Completion.IsCompleted;
        });
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);
        var (bytes, code) = await pair.Far.Input.TakeAllUntilFailure();
        Assert.Equal(Pattern(60_000)[..bytes.Length], bytes);
        Assert.Equal(ResultCode.EERESET, code);
    }

    [Fact]
    public async Task A_pending_read_and_a_pending_flush_are_told_of_a_reset()
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        var read = pair.Far.Input.ReadAsync().AsTask();
        var flush = await Stall(pair.Server, pair.Far);
        pair.Client.Abort(Whim);
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => read));
        Assert.Equal(ResultCode.EERESET, await CodeOf(() => flush));
        Assert.Equal(ResultCode.EERESET, (await pair.Server.Completion.Soon()).Code);
    }

    [Fact]
    public async Task Abort_resets_the_peer_and_fails_what_is_pending_with_its_own_reason()
    {
        var pair = await Connected(server: Options with { SendBuffer = 1000 });
        var read = pair.Far.Input.ReadAsync().AsTask();
        var flush = await Stall(pair.Server, pair.Far);
        pair.Server.Abort(Whim);
        pair.Server.Abort(new SocketResult(ResultCode.EEABORTED, "a later one"));
        Assert.Equal(Whim, (await Assert.ThrowsAsync<SocketFailedException>(() => read.Soon())).Result);
        Assert.Equal(Whim, (await Assert.ThrowsAsync<SocketFailedException>(() => flush.Soon())).Result);
        Assert.Equal(Whim, await pair.Server.Completion.Soon());
        await HearsOfAbort(pair.Client, pair.Near);
    }

    [Fact]
    public async Task A_success_is_no_reason_to_abort()
    {
        var pair = await Connected();
        Assert.Throws<ArgumentException>(() => pair.Server.Abort(SocketResult.Success));
    }

    [Fact]
    public async Task Abort_while_both_pumps_run_ends_them()
    {
        var random = Seeded();
        for (var i = 0; i < 50; i++)
        {
            var pair = await Connected();
            var talking = new[] { pair.Near, pair.Far }.SelectMany(lease => new[]
            {
                Task.Run(() => lease.Input.TakeAllUntilFailure()),
                Task.Run(async () =>
                {
                    while (true) await lease.Output.WriteAsync(Pattern(5000));
                }),
            }).ToArray();
            var enough = random.Next(1, 500_000);
            await Patience.Until(() => pair.Server.Status.BytesReceived > enough);
            pair.Server.Abort(Whim);
            Assert.Equal(Whim, await pair.Server.Completion.Soon());
            Assert.Equal(ResultCode.EERESET, (await pair.Client.Completion.Soon()).Code);
            await Task.WhenAll(talking).ContinueWith(_ => { }, TaskScheduler.Default).Soon();
            Assert.All(talking, task => Assert.True(
                task.Exception is null || task.Exception.InnerException is SocketFailedException));
        }
    }
}

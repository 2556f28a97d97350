using System.Buffers;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Streams.Framing;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

// A stream leaves its connection, and the next owner goes on.
public sealed class LeaveTests(ITestOutputHelper output) : StreamTestKit(output, virtualTime: true)
{
    private static readonly SocketFlowOptions Lines = new() { Framing = SocketFraming.Delimiter("\n"u8, 100) };

    [Fact]
    public async Task What_was_not_asked_for_is_the_next_owners()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, Lines);
        await peer.SendAsync("one\ntwo\nthr");
        Assert.Equal("one", await stream.ReceiveAsync(3));
        var left = await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        await CompletedAsync(stream.Output);
        Assert.Same(socket.Socket, left);
        await peer.SendAsync("ee\n");
        Assert.Equal("two\nthree\n", await ReleaseAndReadAsync(left, 10));
    }

    [Fact]
    public async Task A_frame_that_has_come_in_part_is_the_next_owners_while_the_stream_waits_for_the_rest()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, Lines);
        var pending = stream.Output.PullAsync();
        await peer.SendAsync("half a fra");
        await AwaitAssertAsync(async () => Assert.Equal(10, (await Handoff.StatusAsync()).Sockets[^1].Facts.Unread));
        var left = await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        Assert.False((await pending).HasValue);
        await peer.SendAsync("me");
        Assert.Equal("half a frame", await ReleaseAndReadAsync(left, 12));
    }

    [Fact]
    public async Task What_the_stream_still_answers_goes_out_before_it_leaves()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var answers = Flow.Create<ReadOnlyMemory<byte>>().Select(line => Bytes($"{Text(line)}!"));
        var (detach, __) = socket.HandleWith(
            answers, Materializer, Lines with { LeaveAfter = line => Text(line) == "leave" });
        await peer.SendAsync("hello\nleave\nrest\n");
        Assert.Equal("hello!leave!", await peer.ReceiveTextAsync(12));
        var left = await detach.Left.WaitAsync(Patience);
        Assert.Equal("rest\n", await ReleaseAndReadAsync(left!, 5));
    }

    [Fact]
    public async Task Leaving_after_an_element_is_exact_however_much_the_stages_behind_have_asked_for()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var options = Lines with { LeaveAfter = line => Text(line) == "20" };
        var ((detach, lines), __) = Source.Maybe<ReadOnlyMemory<byte>>()
            .ViaMaterialized(socket.Flow(options), Keep.Right)
            .Async()
            .Buffer(50, OverflowStrategy.Backpressure)
            .ViaMaterialized(Flow.Create<ReadOnlyMemory<byte>>().Select(Text), Keep.Left)
            .ToMaterialized(Sink.Seq<string>(), Keep.Both)
            .MapMaterializedValue(both => (both, 0))
            .Run(Materializer);
        var all = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\n"));
        await peer.SendAsync(all);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => $"{i}"), await lines.WaitAsync(Patience));
        detach.Ask(LeaveMode.Now)!.Invoke();
        var left = await detach.Left.WaitAsync(Patience);
        var rest = string.Concat(Enumerable.Range(21, 19).Select(i => $"{i}\n"));
        Assert.Equal(rest, await ReleaseAndReadAsync(left!, rest.Length));
    }

    [Fact]
    public async Task A_stage_that_is_fused_with_the_flow_leaves_before_the_next_read()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        Detach? detach = null;
        var started = new TaskCompletionSource();
        Task<OwnedSocket>? leaving = null;
        var seen = new List<string>();
        var materialized = Source.Maybe<ReadOnlyMemory<byte>>()
            .ViaMaterialized(socket.Flow(Lines), Keep.Right)
            .ToMaterialized(
                Sink.ForEach<ReadOnlyMemory<byte>>(line =>
                {
                    started.Task.Wait(Patience);
                    seen.Add(Text(line));
                    if (seen.Count == 2) leaving = detach!.LeaveAsync(LeaveMode.Now);
                }),
                Keep.Both)
            .Run(Materializer);
        detach = materialized.Item1;
        started.SetResult();
        await peer.SendAsync("one\ntwo\nthree\n");
        await materialized.Item2.WaitAsync(Patience);
        Assert.Equal(["one", "two"], seen);
        Assert.Equal("three\n", await ReleaseAndReadAsync(await leaving!.WaitAsync(Patience), 6));
    }

    [Fact]
    public async Task What_the_input_still_brings_is_written_until_it_completes_and_no_end_is_sent()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var leaving = stream.Detach.LeaveAsync();
        await CompletedAsync(stream.Output);
        await stream.SendAsync("last");
        Assert.Equal("last", await peer.ReceiveTextAsync(4));
        Assert.False(leaving.IsCompleted);
        stream.Input.Complete();
        var left = await leaving.WaitAsync(Patience);
        await left.Lease.Output.WriteAsync(Bytes(" not least"));
        Assert.Equal(" not least", await peer.ReceiveTextAsync(10));
        await left.DisposeAsync();
    }

    [Fact]
    public async Task An_input_that_does_not_complete_in_time_is_cancelled()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var leaving = stream.Detach.LeaveAsync();
        await CompletedAsync(stream.Output);
        Assert.False(leaving.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(socket.Socket, await leaving.WaitAsync(Patience));
        await stream.Input.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_hurries_does_not_wait_for_the_input()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var leaving = stream.Detach.LeaveAsync();
        await CompletedAsync(stream.Output);
        Assert.Same(socket.Socket, await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience));
        Assert.Same(socket.Socket, await leaving.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_reset_when_the_time_is_over()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        peer.Socket.ReceiveBufferSize = 4096;
        var chunk = new byte[8_000_000];
        var (detach, __) = Source.Single<ReadOnlyMemory<byte>>(chunk)
            .Concat(Source.Maybe<ReadOnlyMemory<byte>>().MapMaterializedValue(_ => Akka.NotUsed.Instance))
            .ViaMaterialized(socket.Flow(), Keep.Right)
            .ToMaterialized(Sink.Ignore<ReadOnlyMemory<byte>>(), Keep.Both)
            .Run(Materializer);
        await AwaitAssertAsync(async () => Assert.NotEqual(0, (await Handoff.StatusAsync()).Sockets[^1].Facts.Unsent));
        var leaving = detach.LeaveAsync(LeaveMode.Now);
        await AwaitAssertAsync(() =>
        {
            if (!leaving.IsCompleted) Time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(leaving.IsCompleted);
        });
        Assert.Equal(ResultCode.EETIMEDOUT, (await FailsAsync(leaving)).Code);
    }

    [Fact]
    public async Task After_the_end_there_is_nothing_to_leave()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        peer.FinishSending();
        await CompletedAsync(stream.Output);
        stream.Input.Complete();
        Assert.Null(await stream.Detach.Left.WaitAsync(Patience));
        Assert.Equal(ResultCode.EENOTCONN, (await FailsAsync(stream.Detach.LeaveAsync())).Code);
    }

    [Fact]
    public async Task Whoever_leaves_a_stream_that_fails_is_told_why()
    {
        var (socket, peer) = await AcceptAsync();
        var stream = Open(socket);
        await stream.Output.StartedAsync();
        peer.Reset();
        Assert.Null(await stream.Detach.Left.WaitAsync(Patience));
        Assert.Equal(ResultCode.EERESET, (await FailsAsync(stream.Detach.LeaveAsync())).Code);
    }

    [Fact]
    public async Task What_was_passed_on_and_not_wanted_goes_back_with_the_release()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        await peer.SendAsync("mine;yours");
        var chunk = await stream.ReceiveAsync(10);
        var left = await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        await peer.SendAsync(", too");
        Assert.Equal("yours, too", await ReleaseAndReadAsync(left, 10, Bytes(chunk[5..])));
    }

    [Fact]
    public async Task A_connection_that_was_left_can_have_another_stream()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var first = Open(socket, Lines);
        await peer.SendAsync("one\ntwo\n");
        Assert.Equal("one", await first.ReceiveAsync(3));
        await first.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        var second = Open(socket);
        Assert.Equal("two\n", await second.ReceiveAsync(4));
        await second.SendAsync("done");
        Assert.Equal("done", await peer.ReceiveTextAsync(4));
    }

    // The next owner is a probe, which reads all that there is.
    private async Task<string> ReleaseAndReadAsync(
        OwnedSocket socket, int count, ReadOnlyMemory<byte> pushBack = default)
    {
        var next = CreateTestProbe();
        var releasing = socket.ReleaseAsync(new Release(socket.Handle, next) { PushBack = pushBack });
        var acquired = Take(next);
        Assert.Equal(SocketResult.Success, await releasing.WaitAsync(Patience));
        var read = await acquired.Lease!.Input.ReadAtLeastAsync(count).AsTask().WaitAsync(Patience);
        var text = Text(read.Buffer.ToArray());
        acquired.Lease.Input.AdvanceTo(read.Buffer.End);
        Assert.Equal(count, text.Length);
        return text;
    }
}

using System.Buffers;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;
using Handoff.Streams.Framing;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

// At which moment a stream is left, and what is true from then on.
public sealed class LeaveMomentTests(ITestOutputHelper output) : StreamTestKit(output, virtualTime: true)
{
    private const int Half = 16_000_000;

    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(LeaveMode.Drain)]
    [InlineData(LeaveMode.Now)]
    public async Task A_stage_that_leaves_and_completes_in_one_step_leaves_a_connection_that_is_open(LeaveMode mode)
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        Detach? detach = null;
        Task<OwnedSocket>? leaving = null;
        var started = new TaskCompletionSource();
        var lines = new SocketFlowOptions { Framing = SocketFraming.Delimiter("\n"u8, 100) };
        (detach, var __) = socket.HandleWith(
            Flow.FromGraph(new AnswersOnce(() =>
            {
                started.Task.Wait(Patience);
                leaving = detach!.LeaveAsync(mode);
            })),
            Materializer,
            lines);
        started.SetResult();
        await peer.SendAsync("one\ntwo\n");
        Assert.NotNull(await detach!.Left.WaitAsync(Patience));
        var left = await leaving!;
        await left.Lease.Output.WriteAsync(Bytes("open"));
        Assert.Equal("open", await peer.ReceiveTextAsync(4));
        Assert.Equal("two\n", Text((await left.Lease.Input.ReadAsync()).Buffer.ToArray()));
    }

    [Fact]
    public async Task What_has_come_in_part_is_read_at_once_by_who_goes_on_with_the_lease()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        OpenStream? stream = null;
        Task<OwnedSocket>? leaving = null;
        var framing = new Never(() => leaving ??= stream!.Detach.LeaveAsync(LeaveMode.Now));
        stream = Open(socket, new SocketFlowOptions { Framing = framing });
        var pending = stream.Output.PullAsync();
        await peer.SendAsync("part");
        Assert.False((await pending).HasValue);
        var left = await leaving!.WaitAsync(Patience);
        var read = await left.Lease.Input.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("part", Text(read.Buffer.ToArray()));
    }

    [Fact]
    public async Task What_comes_while_the_stream_is_being_left_is_read_by_the_next_without_a_cancellation()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var (stream, goOn) = await OpenAndHoldAsync(socket);
        var leaving = stream.Detach.LeaveAsync(LeaveMode.Now);
        await peer.SendAsync("data");
        await AwaitAssertAsync(async () => Assert.Equal(4, (await Handoff.StatusAsync()).Sockets[^1].Facts.Unread));
        goOn.SetResult();
        var left = await leaving.WaitAsync(Patience);
        Assert.True(left.Lease.Input.TryRead(out var read));
        Assert.Equal((false, "data"), (read.IsCanceled, Text(read.Buffer.ToArray())));
    }

    [Fact]
    public async Task A_stream_whose_output_is_cancelled_while_it_is_left_leaves_no_cancellation_behind()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var (stream, goOn) = await OpenAndHoldAsync(socket);
        await stream.Output.CancelAsync();
        var leaving = stream.Detach.LeaveAsync(LeaveMode.Now);
        goOn.SetResult();
        Assert.False((await leaving.WaitAsync(Patience)).Lease.Input.TryRead(out var __));
    }

    [Fact]
    public async Task Leaving_after_an_element_is_asked_about_the_last_part_of_one_too()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket, new SocketFlowOptions
        {
            Framing = SocketFraming.Delimiter("\n"u8, 100, allowsTruncation: true),
            LeaveAfter = line => Text(line) == "half",
        });
        await peer.SendAsync("half");
        peer.FinishSending();
        Assert.Equal("half", await stream.ReceiveAsync(4));
        await CompletedAsync(stream.Output);
        stream.Input.Complete();
        var left = await stream.Detach.Left.WaitAsync(Patience);
        Assert.NotNull(left);
        await left.Lease.Output.WriteAsync(Bytes("open"));
        Assert.Equal("open", await peer.ReceiveTextAsync(4));
        Assert.True((await left.Lease.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_has_taken_some_when_the_time_is_over_has_the_time_again()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var (stream, leaving) = await LeaveWhileItWritesAsync(socket, peer, Half);
        Time.Advance(LeaveTimeout);
        await peer.ReceiveAsync(Half);
        Assert.Same(socket.Socket, await leaving.WaitAsync(Patience));
        await stream.Input.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_peer_that_takes_no_more_after_that_is_reset_then()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var (__, leaving) = await LeaveWhileItWritesAsync(socket, peer, Half);
        Time.Advance(LeaveTimeout);
        await AwaitAssertAsync(() =>
        {
            if (!leaving.IsCompleted) Time.Advance(LeaveTimeout);
            Assert.True(leaving.IsCompleted);
        });
        Assert.Equal(ResultCode.EETIMEDOUT, (await FailsAsync(leaving)).Code);
    }

    [Fact]
    public async Task Whoever_leaves_a_stream_whose_question_throws_is_told_of_it()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var options = new SocketFlowOptions { LeaveAfter = _ => throw new InvalidOperationException("mine") };
        var stream = Open(socket, options);
        var pending = stream.Output.PullAsync();
        await peer.SendAsync("x");
        Assert.True((await pending).HasValue);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(stream.Output.PullAsync)).Message);
        var failure = await FailsAsync(stream.Detach.LeaveAsync());
        Assert.Equal((ResultCode.EEABORTED, "mine"), (failure.Code, failure.Result.Reason));
    }

    [Fact]
    public async Task Whoever_leaves_is_told_of_a_release_under_the_stream()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var pending = stream.Output.PullAsync();
        var target = CreateTestProbe();
        var releasing = socket.Socket.ReleaseAsync(target);
        Take(target);
        Assert.True((await releasing.WaitAsync(Patience)).IsSuccess);
        Assert.Equal(ResultCode.EESECURITY, (await FailsAsync(stream.Detach.LeaveAsync())).Code);
        Assert.Equal(ResultCode.EESECURITY, (await FailsAsync(pending)).Code);
    }

    // A read is pending, and what is done to the stream waits for the test to say so.
    private async Task<(OpenStream Stream, TaskCompletionSource GoOn)> OpenAndHoldAsync(IncomingSocket socket)
    {
        var (inside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ((input, detach), output) = Source.Queue<ReadOnlyMemory<byte>>(1, OverflowStrategy.Backpressure)
            .Select(bytes =>
            {
                inside.SetResult();
                goOn.Task.Wait(Patience);
                return bytes;
            })
            .ViaMaterialized(socket.Flow(), Akka.Streams.Dsl.Keep.Both)
            .ToMaterialized(Sink.FromGraph(new PulledSink<ReadOnlyMemory<byte>>()), Akka.Streams.Dsl.Keep.Both)
            .Run(Materializer);
        await output.StartedAsync();
        var pending = output.PullAsync();
        var offering = input.OfferAsync(Bytes("x"));
        await inside.Task.WaitAsync(Patience);
        Assert.False(pending.IsCompleted || offering.IsFaulted);
        return (new OpenStream(input, detach, output), goOn);
    }

    // An element of which the peer takes so much while the stream is left already.
    private async Task<(OpenStream Stream, Task<OwnedSocket> Leaving)> LeaveWhileItWritesAsync(
        IncomingSocket socket, TestPeer peer, int taken)
    {
        var stream = Open(socket);
        await stream.SendAsync(new byte[2 * Half]);
        var leaving = stream.Detach.LeaveAsync();
        await CompletedAsync(stream.Output);
        await peer.ReceiveAsync(taken);
        await AwaitAssertAsync(
            () => Assert.InRange(socket.Socket.Lease.WrittenPosition, taken, 2 * Half), Patience);
        return (stream, leaving);
    }

    // Passes one element on, and ends.
    private sealed class AnswersOnce(Action before) : GraphStage<FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>>
    {
        public override FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Shape { get; } =
            new(new Inlet<ReadOnlyMemory<byte>>("once.in"), new Outlet<ReadOnlyMemory<byte>>("once.out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, before);

        private sealed class Logic : GraphStageLogic
        {
            public Logic(FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> shape, Action before)
                : base(shape)
            {
                SetHandler(shape.Inlet, () =>
                {
                    before();
                    CompleteStage();
                });
                SetHandler(shape.Outlet, () => Pull(shape.Inlet));
            }
        }
    }

    private sealed class Never(Action looked) : SocketFraming
    {
        public override int MaxFrame => 100;

        public override bool TryFind(
            in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> frame, out SequencePosition end)
        {
            (frame, end) = (default, default);
            if (unread.Length == 4) looked();
            return false;
        }
    }
}

using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

// Scenarios that Akka.Streams has for its own TCP: the first three it skips there.
public sealed class TcpScenarioTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Fact]
    public async Task A_client_closes_its_reading_then_its_writing_and_the_server_sees_one_after_the_other()
    {
        var (binding, sockets) = await ListenAsync();
        var (input, read) = Source.Queue<ReadOnlyMemory<byte>>(1, OverflowStrategy.Backpressure)
            .Via(SocketFlow.Connect(Handoff, binding.EndPoint))
            .ToMaterialized(Sink.FromGraph(new PulledSink<ReadOnlyMemory<byte>>()), Keep.Both)
            .Run(Materializer);
        var server = Open(await NextAsync(sockets));
        await server.SendAsync("one");
        Assert.Equal("one", Text(await NextAsync(read)));
        await read.CancelAsync();
        await server.SendAsync("nobody reads it");
        await input.OfferAsync(Bytes("two")).WaitAsync(Patience);
        Assert.Equal("two", await server.ReceiveAsync(3));
        input.Complete();
        await CompletedAsync(server.Output);
        server.Input.Complete();
        Assert.Null(await server.Detach.Left.WaitAsync(Patience));
    }

    [Fact]
    public async Task Connections_go_on_after_the_stream_that_brought_them_was_cancelled()
    {
        var isGoingOn = new TaskCompletionSource();
        var (opening, ended) = SocketSource.Listen(Handoff, AnyPort)
            .Take(1)
            .ToMaterialized(
                Sink.ForEachAsync<IncomingSocket>(1, async socket =>
                {
                    // By now the source has stopped.
                    await isGoingOn.Task;
                    socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer);
                }),
                Keep.Both)
            .Run(Materializer);
        var binding = await opening.WaitAsync(Patience);
        var total = CountAsync(binding.EndPoint, 1000);
        await binding.Closed.WaitAsync(Patience);
        isGoingOn.SetResult();
        Assert.Equal(1000, await total.WaitAsync(Patience));
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_connection_that_was_accepted_and_that_nobody_runs_is_reset_and_the_others_go_on()
    {
        var binding = await SocketSource.Listen(Handoff, AnyPort)
            .Grouped(2)
            .Take(1)
            .Select(two => two.First())
            .To(Sink.ForEach<IncomingSocket>(
                socket => socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer)))
            .Run(Materializer)
            .WaitAsync(Patience);
        Task<int>[] totals = [CountAsync(binding.EndPoint, 100), CountAsync(binding.EndPoint, 100)];
        await AwaitAssertAsync(
            () =>
            {
                // What nobody has any more is found by the collector.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Assert.All(totals, total => Assert.True(total.IsCompleted));
            },
            Patience);
        Assert.Equal(100, await totals.Single(total => total.IsCompletedSuccessfully));
        var rejected = totals.Single(total => total.IsFaulted);
        Assert.Equal(ResultCode.EERESET, (await FailsAsync(rejected)).Code);
    }

    [Fact]
    public async Task Echoes_work_in_a_chain()
    {
        var opening = SocketSource.Listen(Handoff, AnyPort)
            .To(Sink.ForEach<IncomingSocket>(
                socket => socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer)))
            .Run(Materializer);
        var echo = SocketFlow.Connect(Handoff, (await opening.WaitAsync(Patience)).EndPoint);
        byte[] sent = [.. Enumerable.Range(0, 255).Select(i => (byte)i)];
        var received = await Source.From(sent)
            .Select(one => (ReadOnlyMemory<byte>)new[] { one })
            .Via(echo).Via(echo).Via(echo).Via(echo)
            .RunWith(Sink.Seq<ReadOnlyMemory<byte>>(), Materializer)
            .WaitAsync(Patience);
        Assert.Equal(sent, received.SelectMany(chunk => chunk.ToArray()));
    }

    [Fact]
    public async Task A_port_is_free_again_after_it_was_unbound_any_number_of_times()
    {
        var (first, sockets) = await ListenAsync();
        var again = SocketSource.Listen(Handoff, first.EndPoint).To(Sink.Ignore<IncomingSocket>());
        Assert.Equal(ResultCode.EEADDRINUSE, (await FailsAsync(again.Run(Materializer))).Code);
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => first.UnbindAsync())).WaitAsync(Patience);
        await CompletedAsync(sockets);
        var second = await again.Run(Materializer).WaitAsync(Patience);
        Assert.Equal(first.EndPoint, second.EndPoint);
        await second.UnbindAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Unbinding_after_the_actor_system_has_ended_is_no_failure()
    {
        var (binding, _) = await ListenAsync();
        await Sys.Terminate().WaitAsync(Patience);
        await binding.UnbindAsync().WaitAsync(Patience);
    }

    // How many bytes of so many come back.
    private Task<int> CountAsync(System.Net.EndPoint endPoint, int count) =>
        Source.From(Enumerable.Range(0, count))
            .Select(i => (ReadOnlyMemory<byte>)new[] { (byte)i })
            .Via(SocketFlow.Connect(Handoff, endPoint))
            .RunWith(
                Sink.Aggregate<ReadOnlyMemory<byte>, int>(0, (sum, chunk) => sum + chunk.Length), Materializer);
}

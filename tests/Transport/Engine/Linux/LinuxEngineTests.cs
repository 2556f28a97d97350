using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class LinuxEngineTests : IAsyncLifetime
{
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Both_ends_know_the_address_of_the_other(string address)
    {
        using var listener = _engine.Listen(new IPEndPoint(IPAddress.Parse(address), 0), 1).Socket!;
        using var near = await _engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        Assert.Equal(listener.LocalEndPoint, near.RemoteEndPoint);
        Assert.Equal(listener.LocalEndPoint, far.LocalEndPoint);
        Assert.Equal(near.LocalEndPoint, far.RemoteEndPoint);
    }

    [Fact]
    public async Task A_listener_on_every_address_tells_which_one_a_connection_came_to()
    {
        using var listener = _engine.Listen(new IPEndPoint(IPAddress.Any, 0), 1).Socket!;
        var place = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndPoint).Port);
        using var near = (await _engine.ConnectAsync(
            place, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None)).Socket!;
        using var far = await listener.AcceptNext();
        Assert.Equal(place, far.LocalEndPoint);
    }

    [Fact]
    public async Task A_listener_of_IPv6_does_not_take_the_port_of_IPv4()
    {
        using var six = _engine.Listen(new IPEndPoint(IPAddress.IPv6Any, 0), 1).Socket!;
        var port = ((IPEndPoint)six.LocalEndPoint).Port;
        var refused = await _engine.ConnectAsync(
            new IPEndPoint(IPAddress.Loopback, port), TimeSpan.FromSeconds(30), TimeProvider.System,
            CancellationToken.None);
        Assert.Equal(ResultCode.EECONNREFUSED, refused.Code);
    }

    [Fact]
    public async Task When_the_engine_ends_its_sockets_are_closed_and_who_waits_is_told()
    {
        using var listener = _engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var accept = listener.AcceptAsync(CancellationToken.None).AsTask();
        var wait = far.WaitReadableAsync().AsTask();
        var receive = near.ReceiveAsync(new byte[1]).AsTask();
        await _engine.DisposeAsync();
        Assert.Equal(ResultCode.EEBADF, (await accept.WaitAsync(Loopback.Bound)).Code);
        Assert.Equal(ResultCode.EEBADF, (await wait.WaitAsync(Loopback.Bound)).Code);
        Assert.Equal(ResultCode.EEBADF, (await receive.WaitAsync(Loopback.Bound)).Code);
        Assert.Equal(ResultCode.EEBADF, (await near.SendAsync(new byte[1])).Code);
    }

    [Fact]
    public async Task A_socket_that_is_disposed_with_a_call_in_flight_ends_it()
    {
        using var listener = _engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var receive = near.ReceiveAsync(new byte[1]).AsTask();
        near.Dispose();
        Assert.Equal(ResultCode.EEBADF, (await receive.WaitAsync(Loopback.Bound)).Code);
        Assert.Equal(IoResult.Moved(0), await far.ReceiveAsync(new byte[1]));
    }

    [Fact]
    public async Task Urgent_data_does_not_hide_the_bytes_behind_it()
    {
        using var listener = _engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        await near.SendAsync("before"u8.ToArray());
        Assert.Equal(ResultCode.EESUCCESS, near.SendUrgent((byte)'!'));
        await near.SendAsync("behind"u8.ToArray());
        near.ShutdownSend();
        var received = new List<byte>();
        var buffer = new byte[64];
        while (true)
        {
            Assert.True((await far.WaitReadableAsync().AsTask().WaitAsync(Loopback.Bound)).IsSuccess);
            var result = await far.ReceiveAsync(buffer);
            Assert.True(result.IsSuccess);
            if (result.Bytes == 0) break;
            received.AddRange(buffer[..result.Bytes]);
        }

        Assert.Equal("beforebehind"u8.ToArray(), received);
    }

    [Fact]
    public async Task One_that_is_always_ready_lets_another_one_of_its_loop_go_first()
    {
        const int Size = 50_000;
        using var listener = _engine.Listen(Loopback.AnyPort, 4).Socket!;
        using var flooding = await _engine.ConnectTo(listener);
        using var flooded = await listener.AcceptNext();
        using var asking = await _engine.ConnectTo(listener);
        using var asked = await listener.AcceptNext();
        var received = 0;
        var seen = SeenAsync();
        var drained = DrainAsync();
        await flooding.SendAsync(new byte[Size]);
        await drained.WaitAsync(Loopback.Bound);
        Assert.InRange(await seen.WaitAsync(Loopback.Bound), 100, Size - 1);

        // On the loop, as an owner that was resumed there.
        async Task DrainAsync()
        {
            var one = new byte[1];
            while (received < Size)
            {
                await flooded.WaitReadableAsync().ConfigureAwait(false);
                await flooded.ReceiveAsync(one).ConfigureAwait(false);
                if (++received == 100) await asking.SendAsync(one).ConfigureAwait(false);
            }
        }

        async Task<int> SeenAsync()
        {
            await asked.WaitReadableAsync().ConfigureAwait(false);
            return received;
        }
    }

    [Fact]
    public async Task A_send_that_has_to_wait_a_second_time_waits_without_trying_again_and_again()
    {
        using var listener = _engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var bytes = new byte[256 * 1024];
        var buffer = new byte[1024 * 1024];
        long sent = 0, received = 0;
        for (var round = 0; round < 3; round++)
        {
            var waiting = (await Begun()).AsTask();
            while (waiting.IsCompleted)
            {
                sent += (await waiting).Bytes;
                waiting = (await Begun()).AsTask();
            }

            while (received < sent) received += (await far.ReceiveAsync(buffer)).Bytes;
            sent += (await waiting.WaitAsync(Loopback.Bound)).Bytes;
        }

        Task<ValueTask<IoResult>> Begun() => Task.Factory
            .StartNew(() => near.SendAsync(bytes), CancellationToken.None, default, TaskScheduler.Default)
            .WaitAsync(Loopback.Bound);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Questions_and_answers_pass_however_often_a_loop_asks_before_it_sleeps(int polls)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 2, PollsBeforeSleep = polls });
        using var listener = engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var one = new byte[1];
        for (var i = 0; i < 2_000; i++)
        {
            var (from, to) = i % 2 == 0 ? (near, far) : (far, near);
            var received = to.ReceiveAsync(one).AsTask();
            await from.SendAsync(new byte[] { (byte)i });
            Assert.Equal(IoResult.Moved(1), await received.WaitAsync(Loopback.Bound));
            Assert.Equal((byte)i, one[0]);
        }
    }

    [Fact]
    public void A_loop_that_cannot_run_on_its_processor_is_an_error_that_names_it()
    {
        var options = new LinuxEngineOptions { Loops = 1, Processors = [1000] };
        var failure = Assert.Throws<ArgumentException>(() => new LinuxEngine(options));
        Assert.Contains("1000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_runs_on_the_processor_that_it_is_bound_to()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1, Processors = [0] });
        using var listener = engine.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await engine.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var seen = SeenAsync(far);
        await near.SendAsync(new byte[1]);
        Assert.Equal(("handoff-loop-0", "0"), await seen.WaitAsync(Loopback.Bound));

        static async Task<(string? Thread, string Processors)> SeenAsync(IStreamSocket socket)
        {
            await socket.WaitReadableAsync().ConfigureAwait(false);
            var allowed = File.ReadLines("/proc/thread-self/status")
                .Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal));
            return (Thread.CurrentThread.Name, allowed[18..].Trim());
        }
    }
}

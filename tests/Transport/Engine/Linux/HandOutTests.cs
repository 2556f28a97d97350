using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class HandOutTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly LinuxEngine _one = new(new LinuxEngineOptions { Loops = 1 });
    private readonly LinuxEngine _other = new(new LinuxEngineOptions { Loops = 1 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task What_was_not_received_is_there_in_the_next_engine()
    {
        using var listener = _one.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _one.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        await near.SendAsync("hello"u8.ToArray());
        await far.WaitReadableAsync();
        using var descriptor = HandOut(far);
        using var moved = _other.Adopt(descriptor).Socket!;
        var buffer = new byte[16];
        Assert.Equal(IoResult.Moved(5), await moved.ReceiveAsync(buffer));
        Assert.Equal("hello"u8.ToArray(), buffer[..5]);
        Assert.Equal((far.LocalEndPoint, far.RemoteEndPoint), (moved.LocalEndPoint, moved.RemoteEndPoint));
    }

    [Fact]
    public async Task The_socket_that_it_left_is_closed_and_its_end_is_not_the_connections()
    {
        using var listener = _one.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _one.ConnectTo(listener);
        using var far = await listener.AcceptNext();
        var wait = far.WaitReadableAsync().AsTask();
        using var descriptor = HandOut(far);
        Assert.Equal(ResultCode.EEBADF, (await wait.WaitAsync(Loopback.Bound)).Code);
        Assert.Equal(ResultCode.EEBADF, (await far.ReceiveAsync(new byte[1])).Code);
        Assert.Equal(ResultCode.EEBADF, (await far.SendAsync(new byte[1])).Code);
        Assert.Equal(ResultCode.EEBADF, far.ShutdownSend());
        Assert.Equal(ResultCode.EEBADF, ((LinuxStreamSocket)far).HandOut().Code);
        far.Abort();
        far.Dispose();
        await _one.DisposeAsync();
        using var moved = _other.Adopt(descriptor).Socket!;
        Assert.Equal(IoResult.Moved(1), await moved.SendAsync(new byte[1]));
    }

    [Fact]
    public async Task The_loop_that_it_left_is_not_woken_for_it_any_more()
    {
        using var listener = _other.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _other.ConnectTo(listener);
        using var first = await listener.AcceptNext();
        using var onTheWay = HandOut(first);
        var far = _one.Adopt(onTheWay).Socket!;
        var wait = far.WaitReadableAsync().AsTask();
        using var descriptor = HandOut(far);
        await wait.WaitAsync(Loopback.Bound);
        using var moved = _other.Adopt(descriptor).Socket!;
        var before = _one.Loops[0].Doing.Round;
        await near.SendAsync(new byte[1]);
        await moved.WaitReadableAsync();
        Assert.Equal(before, _one.Loops[0].Doing.Round);
    }

    [Fact]
    public void One_with_a_call_in_flight_stays()
    {
        using var listener = _one.Listen(Loopback.AnyPort, 1).Socket!;
        var descriptor = _one.Place(((LinuxListenSocket)listener).HandOut().Socket!.Take(), isShared: false);
        Assert.True(descriptor.TryEnter());
        Assert.Equal(ResultCode.EEBUSY, descriptor.HandOut().Code);
        descriptor.Leave();
        using var handedOut = descriptor.HandOut().Socket;
        Assert.NotNull(handedOut);
    }

    [Fact]
    public async Task One_connection_that_moves_500_times_under_traffic_both_ways_loses_nothing()
    {
        const int Size = 8 * 1024 * 1024;
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var bytes = new byte[Size];
        random.NextBytes(bytes);
        using var listener = _one.Listen(Loopback.AnyPort, 1).Socket!;
        using var near = await _one.ConnectTo(listener);
        var far = await listener.AcceptNext();
        var sending = Task.Run(() => SendAllAsync(near, bytes, random.Next()));
        var returned = Task.Run(() => ReceiveAllAsync(near, Size));
        var buffer = new byte[64 * 1024];
        var moves = 0;
        for (var echoed = 0; echoed < Size;)
        {
            var length = random.Next(1, buffer.Length);
            var received = await far.ReceiveAsync(buffer.AsMemory(0, length)).AsTask().WaitAsync(Loopback.Bound);
            Assert.True(received is { IsSuccess: true, Bytes: > 0 }, received.ToString());
            for (var sent = 0; sent < received.Bytes;)
                sent += (await far.SendAsync(buffer.AsMemory(sent, received.Bytes - sent))).Bytes;
            echoed += received.Bytes;
            if (moves == 500 || random.Next(2) == 0) continue;
            using var descriptor = HandOut(far);
            far = (moves++ % 2 == 0 ? _other : _one).Adopt(descriptor).Socket!;
        }

        far.Dispose();
        await sending.WaitAsync(Loopback.Bound);
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await returned.WaitAsync(Loopback.Bound)));
        Assert.InRange(moves, 100, 500);
    }

    [Fact]
    public async Task A_listener_moves_with_the_connections_that_wait_in_it()
    {
        var listener = _one.Listen(Loopback.AnyPort, 8).Socket!;
        using var early = await _one.ConnectTo(listener);
        using var descriptor = ((LinuxListenSocket)listener).HandOut().Socket!;
        using var moved = _other.AdoptListener(descriptor).Socket!;
        using var late = await _one.ConnectTo(moved);
        using var first = await moved.AcceptNext();
        using var second = await moved.AcceptNext();
        Assert.Equal([early.LocalEndPoint, late.LocalEndPoint], [first.RemoteEndPoint, second.RemoteEndPoint]);
    }

    [Fact]
    public async Task The_file_of_a_socket_that_left_stays_for_whoever_goes_on_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("handoff");
        try
        {
            UnixDomainSocketEndPoint Place(string name) => new(Path.Combine(folder.FullName, name));
            using var listener = _one.Listen(Place("listener"), 1).Socket!;
            var datagram = _one.OpenDatagram(Place("datagram"), null, DatagramOptions.Default).Socket!;
            var stream = (await _one.ConnectAsync(
                listener.LocalEndPoint, Place("stream"), Loopback.Bound, TimeProvider.System, default)).Socket!;
            using var first = ((LinuxDatagramSocket)datagram).HandOut().Socket;
            using var second = HandOut(stream);
            Assert.NotNull(first);
            datagram.Dispose();
            stream.Dispose();
            Assert.True(File.Exists(Path.Combine(folder.FullName, "datagram")));
            Assert.True(File.Exists(Path.Combine(folder.FullName, "stream")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_stays_the_callers()
    {
        using var listener = _one.Listen(Loopback.AnyPort, 1).Socket!;
        using var listening = ((LinuxListenSocket)listener).HandOut().Socket!;
        Assert.Equal(ResultCode.EEISLISTEN, _other.Adopt(listening).Code);
        using var datagram = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.DatagramSocket | Native.CloseOnExec, 0));
        Assert.Equal(ResultCode.EEMODENOTSUPP, _other.Adopt(datagram).Code);
        using var idle = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.StreamSocket | Native.CloseOnExec, 0));
        Assert.Equal(ResultCode.EENOTCONN, _other.Adopt(idle).Code);
        Assert.Equal(ResultCode.EENOTLISTN, _other.AdoptListener(idle).Code);
        using var moved = _other.AdoptListener(listening).Socket!;
        using var near = await _one.ConnectTo(moved);
        using var far = await moved.AcceptNext();
        Assert.NotNull(far.RemoteEndPoint);
    }

    private static SocketDescriptor HandOut(IStreamSocket socket)
    {
        var (descriptor, code) = ((LinuxStreamSocket)socket).HandOut();
        Assert.Equal(ResultCode.EESUCCESS, code);
        return descriptor!;
    }

    private static async Task SendAllAsync(IStreamSocket socket, byte[] bytes, int seed)
    {
        var random = new Random(seed);
        for (var sent = 0; sent < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 100_000), bytes.Length - sent);
            sent += (await socket.SendAsync(bytes.AsMemory(sent, length))).Bytes;
        }
    }

    private static async Task<byte[]> ReceiveAllAsync(IStreamSocket socket, int size)
    {
        var bytes = new byte[size];
        for (var at = 0; at < size;) at += (await socket.ReceiveAsync(bytes.AsMemory(at))).Bytes;
        return bytes;
    }
}

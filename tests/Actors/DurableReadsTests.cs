using System.Buffers;
using System.Globalization;
using System.Net;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class DurableReadsTests(ITestOutputHelper output)
    : SocketTestKit(output, "handoff.io { received-size = 4, durable-buffer = 8 }")
{
    [Fact]
    public async Task An_accepted_connection_leaves_in_the_system_what_its_owner_has_not_consumed()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnDurablyAsync(owner);
        using var _ = peer;
        await peer.SendAsync("abcdef");
        Assert.Equal("ab", await acquired.Lease.ReadTextAsync(2));
        await InSystemAsync(peer, 4);
        Assert.Equal("cdef", await acquired.Lease.ReadTextAsync(4));
        await InSystemAsync(peer, 0);
    }

    [Fact]
    public async Task An_owner_turns_them_on_and_off_and_the_next_owner_reads_as_it_was_left()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Confirm(owner, acquired.Handle, isOn: true);
        await peer.SendAsync("abcd");
        Assert.Equal("ab", await acquired.Lease.ReadTextAsync(2));
        await InSystemAsync(peer, 2);
        Release(owner, acquired.Handle, target);
        var second = Take(target);
        owner.ExpectMsg<Released>();
        await peer.SendAsync("ef");
        await InSystemAsync(peer, 4);
        Assert.Equal("cdef", await second.Lease.ReadTextAsync(4));
        Confirm(target, second.Handle, isOn: false);
        await peer.SendAsync("ghi");
        var read = await second.Lease!.Input.ReadAtLeastAsync(3).AsTask().WaitAsync(Patience);
        second.Lease.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        await InSystemAsync(peer, 0);
    }

    [Fact]
    public async Task By_messages_what_was_delivered_and_not_consumed_stays_in_the_system_and_bounds_what_comes()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnDurablyAsync(owner, Reading.Active(8));
        using var _ = peer;
        await peer.SendAsync("aaaabbbb");
        Assert.Equal(0, owner.ExpectMsg<Received>().Position);
        var second = owner.ExpectMsg<Received>();
        Assert.Equal((4L, 8L), (second.Position, second.End));
        await peer.SendAsync("ccccdddd");
        await InSystemAsync(peer, 16);
        StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        owner.ExpectNoMsg(TimeSpan.Zero);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 4), owner);
        Assert.Equal("cccc", System.Text.Encoding.ASCII.GetString(owner.ExpectMsg<Received>().Bytes.Span));
        await InSystemAsync(peer, 12);
        Assert.Equal(16, owner.ExpectMsg<Received>().End);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 16), owner);
        await InSystemAsync(peer, 0);
    }

    [Fact]
    public async Task An_owner_that_waits_for_more_than_the_bound_is_told_that_its_connection_closed()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnDurablyAsync(owner);
        using var _ = peer;
        await peer.SendAsync(new byte[100]);
        var failed = await Assert.ThrowsAsync<SocketFailedException>(
            () => acquired.Lease!.Input.ReadAtLeastAsync(100_000).AsTask().WaitAsync(Patience));
        Assert.Equal(ResultCode.EEMSGSIZE, failed.Code);
        acquired.Lease!.Input.Complete();
        Assert.Equal(ResultCode.EEMSGSIZE, owner.ExpectMsg<Closed>().Result.Code);
    }

    private async Task<(Acquired Acquired, TestPeer Peer)> OwnDurablyAsync(TestProbe owner, Reading? reading = null)
    {
        var listener = CreateTestProbe();
        var listen = new Listen(new IPEndPoint(IPAddress.Loopback, 0), listener, owner) { DurableReads = true };
        Handoff.Sockets.Tell(listen, listener);
        var peer = await ConnectAsync(listener.ExpectMsg<Listening>());
        return (Take(owner, reading), peer);
    }

    private static void Confirm(TestProbe owner, SocketHandle handle, bool isOn)
    {
        var command = new ReadDurably(handle, isOn);
        handle.Socket.Tell(command, owner);
        Assert.Same(command, owner.ExpectMsg<Confirmed>().Command);
    }

    // What proc(5) shows in the receive queue of the peer's other end.
    private static async Task InSystemAsync(TestPeer peer, int bytes)
    {
        var ends = $"{Of(peer.Socket.RemoteEndPoint!)} {Of(peer.Socket.LocalEndPoint!)} ";
        using var bound = new CancellationTokenSource(Patience);
        int now;
        while ((now = Queue(ends)) != bytes)
        {
            Assert.False(bound.IsCancellationRequested, $"{now} bytes are in the system, not {bytes}");
            await Task.Yield();
        }
    }

    private static int Queue(string ends)
    {
        var line = File.ReadLines("/proc/net/tcp").First(each => each.Contains(ends, StringComparison.Ordinal));
        var queues = line[(line.IndexOf(ends, StringComparison.Ordinal) + ends.Length)..].Split(' ')[1];
        return int.Parse(queues.Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static string Of(EndPoint endPoint)
    {
        var address = (IPEndPoint)endPoint;
        return $"{BitConverter.ToUInt32(address.Address.GetAddressBytes()):X8}:{address.Port:X4}";
    }
}

using System.Net;
using Handoff.TestKit.Simulation;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Tests.Simulation;

public sealed class SimulatedDatagramTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_lossy_network_loses_some_and_brings_the_rest_in_order()
    {
        using var ends = new Ends(options => options with { LossRate = 0.3, MaxLatency = Second });
        var received = Sent(ends, 100);
        Assert.InRange(received.Length, 50, 90);
        Assert.Equal(received.Order(), received);
        Assert.Contains("Lost 1 bytes", string.Join('\n', ends.Network.Trace), StringComparison.Ordinal);
    }

    [Fact]
    public void A_datagram_may_come_twice()
    {
        using var ends = new Ends(options => options with { DuplicateRate = 0.5 });
        var received = Sent(ends, 100);
        Assert.InRange(received.Length, 120, 180);
        Assert.Equal(100, received.Distinct().Count());
    }

    [Fact]
    public void Some_are_overtaken()
    {
        using var ends = new Ends(options => options with { ReorderRate = 0.3, MaxStall = Second });
        var received = Sent(ends, 100);
        Assert.Equal(100, received.Length);
        Assert.NotEqual(received.Order(), received);
    }

    [Fact]
    public void What_finds_no_room_is_dropped_and_counted()
    {
        using var ends = new Ends(options => options with { ReceiveWindow = 10 });
        var (from, to) = Pair(ends);
        for (var i = 0; i < 4; i++) Assert.True(from.TrySend(new byte[4], to.LocalEndPoint).IsSuccess);
        Assert.Equal(2, to.Dropped);
        Assert.Equal(2, ReceiveAll(to).Length);
        Assert.True(from.TrySend(new byte[4], to.LocalEndPoint).IsSuccess);
        Assert.Single(ReceiveAll(to));
    }

    [Fact]
    public void A_sender_with_a_peer_hears_once_that_nobody_is_there_until_it_has_heard_it()
    {
        using var ends = new Ends();
        var nobody = new IPEndPoint(IPAddress.Loopback, 9);
        using var from = ends.Network.OpenDatagram(null, nobody, DatagramOptions.Default).Socket!;
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 50; j++) Assert.True(from.TrySend(new byte[1], null).IsSuccess);
            Assert.Equal(ResultCode.EECONNREFUSED, from.TryReceive(new byte[1]).Code);
            Assert.Equal(ResultCode.EEWOULDBLOCK, from.TryReceive(new byte[1]).Code);
        }
    }

    [Fact]
    public void Descriptors_run_out_and_come_back()
    {
        using var ends = new Ends(options => options with { MaxSockets = 2 });
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        var first = ends.Network.OpenDatagram(local, null, DatagramOptions.Default).Socket!;
        Assert.Equal(ResultCode.EENOSOCKS, ends.Network.OpenDatagram(local, null, DatagramOptions.Default).Code);
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, ends.Network.OpenSockets);
        ends.Network.OpenDatagram(local, null, DatagramOptions.Default).Socket!.Dispose();
    }

    private static (IDatagramSocket From, IDatagramSocket To) Pair(Ends ends)
    {
        var local = new IPEndPoint(IPAddress.Loopback, 0);
        return (
            ends.Network.OpenDatagram(local, null, DatagramOptions.Default).Socket!,
            ends.Network.OpenDatagram(local, null, DatagramOptions.Default).Socket!);
    }

    // Each has one byte, its number.
    private static byte[] Sent(Ends ends, int count)
    {
        var (from, to) = Pair(ends);
        for (var i = 0; i < count; i++) Assert.True(from.TrySend([(byte)i], to.LocalEndPoint).IsSuccess);
        ends.Clock.Advance(TimeSpan.FromMinutes(1));
        return ReceiveAll(to);
    }

    private static byte[] ReceiveAll(IDatagramSocket socket)
    {
        var (all, buffer) = (new List<byte>(), new byte[100]);
        while (socket.TryReceive(buffer) is { IsSuccess: true }) all.Add(buffer[0]);
        return [.. all];
    }
}

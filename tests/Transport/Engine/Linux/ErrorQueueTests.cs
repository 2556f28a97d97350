using System.Net;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

public sealed class ErrorQueueTests
{
    [Fact]
    public unsafe void A_datagram_that_nobody_took_is_told_by_its_code_once()
    {
        using var sender = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.DatagramSocket | Native.CloseOnExec, 0));
        Assert.True(SocketOptions.TrySet(sender.Number, Native.IPLevel, Native.IPReceiveError, 1));
        Assert.False(ErrorQueue.TryTake(sender.Number, out _));

        // A port that was free a moment ago.
        var nobody = SocketName.Write(new IPEndPoint(IPAddress.Loopback, FreePort()));
        fixed (byte* name = nobody) Assert.Equal(0, SystemCalls.Connect(sender.Number, name, nobody.Length));
        var value = (byte)1;
        Assert.Equal(1, SystemCalls.Send(sender.Number, &value, 1, Native.NoSignal));
        Assert.True(ErrorQueue.TryTake(sender.Number, out var code));
        Assert.Equal(ResultCode.EECONNREFUSED, code);
        Assert.False(ErrorQueue.TryTake(sender.Number, out _));
    }

    private static unsafe int FreePort()
    {
        using var probe = new SocketDescriptor(
            SystemCalls.Socket(Native.FamilyIPv4, Native.DatagramSocket | Native.CloseOnExec, 0));
        var name = SocketName.Write(Loopback.AnyPort);
        fixed (byte* start = name) Assert.Equal(0, SystemCalls.Bind(probe.Number, start, name.Length));
        return ((IPEndPoint)SocketName.OfLocal(probe.Number)!).Port;
    }
}

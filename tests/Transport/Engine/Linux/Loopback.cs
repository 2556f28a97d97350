using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Engine.Linux;

internal static class Loopback
{
    public static IPEndPoint AnyPort { get; } = new(IPAddress.Loopback, 0);

    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    public static async Task<IStreamSocket> ConnectTo(this LinuxEngine engine, IListenSocket listener)
    {
        var (socket, code) = await engine.ConnectAsync(
            listener.LocalEndPoint, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);
        Assert.Equal(ResultCode.EESUCCESS, code);
        return socket!;
    }

    public static async Task<IStreamSocket> AcceptNext(this IListenSocket listener)
    {
        var (socket, code) = await listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Bound);
        Assert.Equal(ResultCode.EESUCCESS, code);
        return socket!;
    }
}

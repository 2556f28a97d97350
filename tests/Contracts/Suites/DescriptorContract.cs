using Handoff.Contracts.Tests.Setup;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Sockets;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Suites;

public abstract class DescriptorContract(TransportKind.OnEngine kind, ITestOutputHelper output) : Suite(kind, output)
{
    private static readonly int CloseOnExec = Convert.ToInt32("02000000", 8); // O_CLOEXEC: open(2)

    [Fact]
    public async Task Ten_thousand_connections_leave_no_descriptor_behind()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var listener = Listen(backlog: 128);
        var serving = Task.Run(() => Serve(listener));
        await ConnectAndEnd(listener, count: 100);
        var before = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ConnectAndEnd(listener, count: 1250))));
        await Patience.Until(() => Open() <= before + 8);
        listener.Dispose();
        await serving.Soon();
    }

    [Fact]
    public async Task Descriptors_are_closed_on_exec_and_streams_send_without_delay()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var listener = kind.Engine.Listen(kind.AnyPlace, 1).Socket!;
        using var near = (await kind.Engine.ConnectAsync(
            listener.LocalEndPoint, TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None)).Socket!;
        using var far = (await listener.AcceptAsync(CancellationToken.None)).Socket!;
        foreach (var descriptor in new[] { Number(near), Number(far) })
        {
            var hasDelay = SocketOptions.TryGet(descriptor, Native.TcpLevel, Native.NoDelay, out var noDelay);
            Assert.Equal((kind is TransportKind.Tcp, kind is TransportKind.Tcp), (hasDelay, noDelay != 0));
            var flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}")
                .Single(line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim();
            Assert.NotEqual(0, Convert.ToInt32(flags, 8) & CloseOnExec);
        }
    }

    private static int Number(IStreamSocket socket) => socket switch
    {
        PortableStreamSocket portable => (int)portable.Socket.SafeHandle.DangerousGetHandle(),
        LinuxStreamSocket linux => linux.Number,
        _ => throw new ArgumentException($"{socket.GetType()} has no descriptor.", nameof(socket)),
    };

    private async Task ConnectAndEnd(SocketListener listener, int count)
    {
        var transport = Kind.Create(Options);
        for (var i = 0; i < count; i++)
        {
            var (client, result) = await transport.ConnectAsync(
                listener.LocalEndPoint, TimeSpan.FromSeconds(30), CancellationToken.None).Soon();
            Assert.True(result.IsSuccess, result.ToString());
            client!.Start();
            await client.Lease(1).Output.WriteAsync("x"u8.ToArray()).Soon();
            if (i % 2 == 0) client.Close();
            else client.Abort(SocketResult.Of(ResultCode.EEABORTED));
            await client.DisposeAsync().AsTask().Soon();
        }
    }

    private static async Task Serve(SocketListener listener)
    {
        while (true)
        {
            var (server, result) = await listener.AcceptAsync();
            if (result.Code is ResultCode.EEBADF) return;
            if (server is null) continue;
            server.Start();
            await server.Lease(1).Input.TakeAllUntilFailure();
            server.Close();
            await server.DisposeAsync().AsTask().Soon();
        }
    }

    private static int Open() => Directory.GetFiles("/proc/self/fd").Length;
}

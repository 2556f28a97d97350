using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tests.Sockets;

/// <summary>A connection over loopback TCP on the Linux engine, and its peer, a plain socket.</summary>
internal sealed partial class LiveConnection : IAsyncDisposable
{
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });

    private LiveConnection(ConnectionOptions options) => Options = options;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public ConnectionOptions Options { get; }

    public Socket Peer { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    public LinuxStreamSocket Socket { get; private set; } = null!;

    public SocketConnection Connection { get; private set; } = null!;

    public static async Task<LiveConnection> OpenAsync(ConnectionOptions? options = null)
    {
        options ??= new ConnectionOptions(PipeScheduler.ThreadPool, PipeScheduler.Inline);
        var live = new LiveConnection(options);
        using var listener = live._engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1).Socket!;
        await live.Peer.ConnectAsync(listener.LocalEndPoint);
        live.Socket = (LinuxStreamSocket)(await listener.AcceptAsync(default)).Socket!;
        live.Connection = new SocketConnection(live.Socket, options);
        return live;
    }

    /// <summary>Goes on as another process would: with a descriptor of its own, and what was not in the
    /// system.</summary>
    public void MoveTo(Detached detached)
    {
        var copy = CopyOf(detached.Descriptor!);
        Connection.Leave();
        Adopt(copy, detached with { Descriptor = null });
    }

    /// <summary>As the restart of a process that was killed: only the system knows how far it was.</summary>
    public async Task CrashAsync(Func<int, (long Consumed, long Written)> positions)
    {
        var copy = new SocketDescriptor(Duplicate(Socket.Number));
        Connection.Leave();
        await Connection.Completion;
        var (consumed, written) = positions(copy.Number);
        Adopt(copy, new Detached(consumed, written, default, default));
    }

    public async Task<string> ReceiveAsync(int count)
    {
        using var bound = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var got = await Peer.ReceiveAsync(bytes.AsMemory(have), bound.Token);
            Assert.True(got > 0, $"the connection ended after {have} of {count} bytes");
            have += got;
        }

        return System.Text.Encoding.ASCII.GetString(bytes);
    }

    public async ValueTask DisposeAsync()
    {
        Peer.Dispose();
        await Connection.DisposeAsync();
        await _engine.DisposeAsync();
    }

    public static SocketDescriptor CopyOf(SocketDescriptor descriptor) => new(Duplicate(descriptor.Number));

    public void Adopt(SocketDescriptor descriptor, Detached from)
    {
        Socket = (LinuxStreamSocket)_engine.Adopt(descriptor, null, null).Socket!;
        Connection = new SocketConnection(Socket, Options, from);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);
}

using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Sockets.Messages;

/// <summary>Two engines, between which a socket goes as it would between processes: by a copy of its descriptor and
/// what was written down beside it.</summary>
internal sealed partial class OtherProcess : IAsyncDisposable
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC: fcntl(2)

    public LinuxEngine Here { get; } = new(new LinuxEngineOptions { Loops = 1 });

    public LinuxEngine There { get; } = new(new LinuxEngineOptions { Loops = 1 });

    public static MessageOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    public static SocketDescriptor CopyOf(SocketDescriptor descriptor) =>
        new(Duplicate(descriptor.Number, DuplicateCloseOnExec, 0));

    public static async Task<DetachedMessages> DetachAsync(MessageSocket socket)
    {
        using var bound = new CancellationTokenSource(Loopback.Bound);
        var (detached, result) = await socket.DetachAsync(bound.Token);
        Assert.True(result.IsSuccess, $"{result}");
        return detached!;
    }

    public async ValueTask DisposeAsync()
    {
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }

    // On offer or owned by nobody; it is started there.
    public static async Task<MessageSocket> MoveAsync(
        MessageSocket socket, LinuxEngine to, MessageOptions? options = null)
    {
        var detached = await DetachAsync(socket);
        using var copy = CopyOf(detached.Descriptor!);
        socket.Leave();
        Assert.True((await socket.Finished.WaitAsync(Loopback.Bound)).IsSuccess);
        return Adopted(copy, socket, to, detached, options);
    }

    public static MessageSocket Adopted(
        SocketDescriptor copy,
        MessageSocket socket,
        LinuxEngine to,
        DetachedMessages detached,
        MessageOptions? options = null)
    {
        var (local, remote) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        var (adopted, code) = socket.HasEnd
            ? to.AdoptRecords(copy, local, remote)
            : to.AdoptDatagrams(copy, local, remote);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var moved = new MessageSocket(adopted!, options ?? Options, detached with { Descriptor = null });
        Assert.Equal((local, remote), (moved.LocalEndPoint, moved.RemoteEndPoint));
        moved.Start();
        return moved;
    }

    public MessageSocket Open(EndPoint? local, EndPoint? remote, MessageOptions? options = null)
    {
        var (socket, code) = Here.OpenDatagram(local, remote, DatagramOptions.Default);
        Assert.Equal(ResultCode.EESUCCESS, code);
        var opened = new MessageSocket(socket!, options ?? Options);
        opened.Start();
        return opened;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Duplicate(int descriptor, int command, int least);
}

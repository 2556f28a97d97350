using System.Net;
using Handoff.Transport;
using Handoff.Transport.Children;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Bench.Servers;

// Each connection is the input, the output and the error of a process of its own (inetd's nowait), which is started
// before a byte of it is read.
internal sealed class SpawnServer : IServer
{
    private readonly LinuxEngine _engine = new(new LinuxEngineOptions { Loops = 1 });
    private readonly ChildSupervisor _children;
    private readonly ChildProgram _program;
    private readonly IListenSocket _listener;
    private readonly Task _accepting;
    private volatile string? _failure;

    private SpawnServer(string program)
    {
        const int Backlog = 512;
        _program = new ChildProgram(program);
        _children = new ChildSupervisor(_engine, new ChildOptions(), TimeProvider.System);
        var (listener, code) = _engine.Listen(new IPEndPoint(IPAddress.Loopback, 0), Backlog);
        _listener = listener ?? throw new BenchFailedException($"The listener was not opened: {code}.");
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint).Port;

    // To a client a program that did not start looks like one that has nothing to say.
    public int Connections => _failure is { } failure ? throw new BenchFailedException(failure) : _children.Count;

    public static SpawnServer Start(string program) => new(program);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        var stopped = await _children.StopAsync();
        await _engine.DisposeAsync();
        if (!stopped.IsSuccess) throw new BenchFailedException(stopped.ToString());
    }

    // Accepts on the loop, and starts beside it: a start takes longer than anything else here.
    private async Task AcceptAsync()
    {
        while (await _listener.AcceptAsync(CancellationToken.None) is { Code: not ResultCode.EEBADF } accepted)
        {
            if (accepted.Socket is LinuxStreamSocket socket)
                ThreadPool.UnsafeQueueUserWorkItem(Spawn, socket, preferLocal: false);
            else
                _failure ??= $"A connection was not accepted: {accepted.Code}.";
        }
    }

    private void Spawn(LinuxStreamSocket socket)
    {
        var remote = socket.RemoteEndPoint;
        var (descriptor, code) = socket.HandOut();
        if (descriptor is null)
        {
            _failure ??= $"A connection was not handed out: {code}.";
            return;
        }

        using (descriptor)
        {
            var started = _children.Start(_program, new ChildDescriptors.Standard(descriptor, remote));
            if (!started.Result.IsSuccess) _failure ??= started.Result.ToString();
        }
    }
}

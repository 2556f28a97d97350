using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Keeping;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Unix;

namespace Handoff.Gateway;

// One run of a keeper, from its path to its exit code.
internal sealed class KeeperRun(string path, KeeperOptions options, TextWriter log)
{
    private const int Backlog = 128;

    private readonly Lock _gate = new();

    public async Task<int> RunAsync()
    {
        if (!LinuxEngine.IsSupported) return Fail("a keeper runs on Linux only", ExitCode.Failure);
        if (AddressOf(path) is not { } address)
            return Fail($"{path} is no path of a socket", ExitCode.BadConfiguration);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var (listener, code) = Listen(engine, address);
        if (listener is null) return Fail($"{path} cannot be listened on: {SocketResult.Of(code)}", ExitCode.Failure);
        using (listener)
        {
            Tell($"keeping control={path}");
            var keeper = new Keeper(engine, options, PeerRule.SameUser, new KeeperPort(), Tell);
            await keeper.RunAsync(listener, stop.Token);
        }

        Tell("stopped");
        return ExitCode.Clean;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static UnixDomainSocketEndPoint? AddressOf(string path)
    {
        try
        {
            return path.Length == 0 ? null : new UnixDomainSocketEndPoint(Path.GetFullPath(path));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Who may connect is asked again of each message; the mode only spares others the attempt.
    private static SocketOr<IRecordListenSocket> Listen(LinuxEngine engine, UnixDomainSocketEndPoint address)
    {
        var listening = PathBinding.Bind(
            address,
            removesStale: true,
            () => engine.ListenRecords(address, Backlog),
            opened => SocketResult.Of(opened.Code),
            why => new SocketOr<IRecordListenSocket>(null, why.Code));
        if (listening.Socket is not null && OperatingSystem.IsLinux())
            File.SetUnixFileMode(address.ToString(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return listening;
    }

    private int Fail(string why, int exitCode)
    {
        log.WriteLine($"handoff: {why}");
        return exitCode;
    }

    private void Tell(string what)
    {
        var time = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_gate) log.WriteLine($"{time} info keeper: {what}");
    }
}

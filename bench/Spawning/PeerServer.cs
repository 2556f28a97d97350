using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Spawning;

// A super-server of the system, with a service for each case and no limit on any.
internal sealed class PeerServer : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly Dictionary<SpawnCase, IPEndPoint> _services;

    private PeerServer(string name, Process process, DirectoryInfo folder, Dictionary<SpawnCase, IPEndPoint> services)
    {
        Name = name;
        (_process, _folder, _services) = (process, folder, services);
    }

    // The first that is there is what a ratio is to.
    public static IReadOnlyList<string> Names { get; } = ["xinetd", "inetd"];

    public string Name { get; }

    public IPEndPoint this[SpawnCase each] => _services[each];

    // What a daemon is found by is not always in the path of a user.
    public static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':')
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    public static async Task<PeerServer> StartAsync(
        string name, string path, IReadOnlyList<SpawnCase> cases, CancellationToken stop)
    {
        var services = FreePorts(cases);
        var folder = Directory.CreateTempSubdirectory("handoff-bench");
        var config = Path.Combine(folder.FullName, "config");
        await File.WriteAllTextAsync(config, name == "xinetd" ? Xinetd(services) : Inetd(services), stop);
        string[] args = name == "xinetd"
            ? ["-dontfork", "-f", config, "-pidfile", Path.Combine(folder.FullName, "pid")]
            : ["-i", "-R", "1000000", config];
        var start = new ProcessStartInfo(path, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        var peer = new PeerServer(name, Process.Start(start)!, folder, services);
        try
        {
            foreach (var service in services.Values) await peer.ListensAsync(service, stop);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<SpawnCase, IPEndPoint> FreePorts(IReadOnlyList<SpawnCase> cases)
    {
        var taken = cases.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in taken) listener.Start();
        var free = cases.Zip(taken, (each, listener) => (each, (IPEndPoint)listener.LocalEndpoint))
            .ToDictionary(pair => pair.each, pair => pair.Item2);
        foreach (var listener in taken) listener.Dispose();
        return free;
    }

    // xinetd.conf(5)
    private static string Xinetd(Dictionary<SpawnCase, IPEndPoint> services)
    {
        var config = new StringBuilder(
            "defaults\n{\n instances = UNLIMITED\n per_source = UNLIMITED\n cps = 1000000 1\n}\n");
        foreach (var (each, endPoint) in services)
        {
            config.Append(CultureInfo.InvariantCulture, $$"""
                service bench-{{Path.GetFileName(each.Program)}}
                {
                    type = UNLISTED
                    socket_type = stream
                    protocol = tcp
                    bind = {{endPoint.Address}}
                    port = {{endPoint.Port}}
                    wait = no
                    user = {{Environment.UserName}}
                    server = {{each.Program}}
                    disable = no
                }

                """);
        }

        return config.ToString();
    }

    // inetd(8)
    private static string Inetd(Dictionary<SpawnCase, IPEndPoint> services) => string.Concat(services.Select(service =>
        $"{service.Value.Address}:{service.Value.Port} stream tcp nowait {Environment.UserName} "
        + $"{service.Key.Program} {Path.GetFileName(service.Key.Program)}\n"));

    private async Task ListensAsync(IPEndPoint service, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                ClientSocket.Connect(service).Dispose();
                return;
            }
            catch (SocketException) when (clock.Elapsed < StartWithin && !_process.HasExited)
            {
                await Task.Delay(StartPause, stop);
            }
            catch (SocketException e)
            {
                throw new BenchFailedException($"{Name} does not listen on {service}: {e.Message}");
            }
        }
    }
}

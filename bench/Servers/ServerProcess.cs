using System.Globalization;
using System.Net;

namespace Handoff.Bench.Servers;

internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(10);

    private readonly ChildProcess _process;

    private ServerProcess(string kind, ChildProcess process, int port)
    {
        Kind = kind;
        _process = process;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
    }

    public string Kind { get; }

    public IPEndPoint EndPoint { get; }

    public static async Task<ServerProcess> StartAsync(string kind, string engine, CancellationToken stop)
    {
        var process = ChildProcess.Start(ChildProcess.OwnAssembly, "serve", kind, "--engine", engine);
        try
        {
            var port = int.Parse(await process.LineAsync(stop), CultureInfo.InvariantCulture);
            return new ServerProcess(kind, process, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<double> AskAsync(string question, CancellationToken stop) => _process.AskAsync(question, stop);

    // Until the server has as many connections as it should.
    public async Task SettleAsync(int connections, CancellationToken stop)
    {
        var deadline = DateTime.UtcNow + SettleWithin;
        while (await AskAsync(ServerLoop.Connections, stop) is var there && there != connections)
        {
            if (DateTime.UtcNow > deadline)
                throw new BenchFailedException($"{Kind} has {there} connections, not {connections}.");
            await Task.Delay(SettlePause, stop);
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

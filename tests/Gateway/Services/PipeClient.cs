using System.IO.Pipelines;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Services;

// A client and a service with two pipes between them, and no socket.
internal sealed class PipeClient
{
    private readonly Pipe _toService = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toClient;
    private readonly CancellationTokenSource _stop = new(Within);
    private Pause? _pause;

    public PipeClient(long pauseAt = 64 << 10) =>
        _toClient = new Pipe(new PipeOptions(pauseWriterThreshold: pauseAt, resumeWriterThreshold: pauseAt / 2));

    public static TimeSpan Within { get; } = TimeSpan.FromSeconds(30);

    public PipeWriter Output => _toService.Writer;

    public PipeReader Input => _toClient.Reader;

    // From where it was paused; until it is paused again, or has finished.
    public Task<Served> Serve(IService service, long from = 0)
    {
        var side = new Side(_toService.Reader, _toClient.Writer);
        _pause = new Pause(side);
        return service.ServeAsync(side, from, _pause, _stop.Token);
    }

    public void Pause() => _pause!.Request();

    public void Stop() => _stop.Cancel();

    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        await Input.CopyToAsync(all, _stop.Token);
        return all.ToArray();
    }

    private sealed record Side(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 863: what is received is thrown away, until the client has finished.
internal sealed class DiscardService : IService
{
    public async Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop)
    {
        if (!await ReadToEndAsync(client.Input, pause, stop)) return new Served.Paused(0);
        await client.Output.CompleteAsync();
        return Served.Finished.Instance;
    }

    // False if it was paused before the end.
    public static async Task<bool> ReadToEndAsync(PipeReader input, Pause pause, CancellationToken stop)
    {
        while (true)
        {
            var read = await input.ReadAsync(stop);
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return true;
            if (pause.IsRequested) return false;
        }
    }
}

using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 863: what is received is thrown away, until the client has finished.
internal sealed class DiscardService : IService
{
    public async Task ServeAsync(IDuplexPipe client, CancellationToken stop)
    {
        await ReadToEndAsync(client.Input, stop);
        await client.Output.CompleteAsync();
    }

    public static async Task ReadToEndAsync(PipeReader input, CancellationToken stop)
    {
        ReadResult read;
        do
        {
            read = await input.ReadAsync(stop);
            input.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
    }
}

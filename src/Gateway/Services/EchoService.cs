using System.Buffers;
using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 862: what is received is sent back, until the client has finished sending and all of it went back.
internal sealed class EchoService(int buffer) : IService
{
    public async Task ServeAsync(IDuplexPipe client, CancellationToken stop)
    {
        while (true)
        {
            var read = await client.Input.ReadAsync(stop);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, buffer));
            var isLast = read.IsCompleted && part.Length == read.Buffer.Length;
            foreach (var bytes in part) client.Output.Write(bytes.Span);
            client.Input.AdvanceTo(part.End);

            // Waits while the client reads nothing: what it sends then stays in its own buffers and the system's.
            var flushed = await client.Output.FlushAsync(stop);
            if (flushed.IsCompleted) return;
            if (isLast) break;
        }

        await client.Output.CompleteAsync();
    }
}

using System.Buffers;
using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 862: what is received is sent back, until the client has finished sending and all of it went back. From: so many
// of the first bytes were sent back already.
internal sealed class EchoService(int buffer) : IService
{
    public async Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop)
    {
        var isLast = false;
        var answered = from;
        while (true)
        {
            // Waits while the client reads nothing: what it sends then stays in its own buffers and the system's. At
            // first, too: who was paused here goes on waiting, and accepts no more each time.
            if (!pause.IsRequested && (await pause.FlushAsync(stop)).IsCompleted) return Served.Finished.Instance;
            if (isLast) break;
            if (pause.IsRequested) return new Served.Paused(answered);

            var read = await client.Input.ReadAsync(stop);
            var part = read.Buffer.Slice(0, pause.IsRequested ? 0 : Math.Min(read.Buffer.Length, buffer));
            isLast = read.IsCompleted && part.Length == read.Buffer.Length;
            var skipped = Math.Min(answered, part.Length);
            answered -= skipped;
            foreach (var bytes in part.Slice(skipped)) client.Output.Write(bytes.Span);

            // Consumed after it was sent back: whoever goes on after a crash knows by the positions what was.
            if (part.Length > skipped) await pause.FlushAsync(stop);
            client.Input.AdvanceTo(part.End);
        }

        await client.Output.CompleteAsync();
        return Served.Finished.Instance;
    }
}

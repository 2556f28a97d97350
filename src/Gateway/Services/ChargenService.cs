using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 864: lines of 72 characters, each beginning one character further on in the ring of the 95 printable ones, until
// the client closes. What it sends is thrown away. A client that only finished sending (FIN) may still be reading.
internal sealed class ChargenService(int buffer) : IService
{
    public const int Columns = 72;
    public const int LineBytes = Columns + 2;

    private const char First = ' ';
    private const int Characters = '~' - First + 1;

    // From a line of the pattern.
    public async Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var thrownAway = DiscardService.ReadToEndAsync(client.Input, pause, over.Token);
        try
        {
            return await GenerateAsync(client.Output, (int)(from % Characters), pause, over.Token);
        }
        finally
        {
            await over.CancelAsync();

            // It ends as the generator did, or cancelled: nothing that would have to be told twice.
            await ((Task)thrownAway).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Line n of the pattern, without end: n is taken modulo the number of characters.
    public static void WriteLine(Span<byte> line, int n)
    {
        for (var column = 0; column < Columns; column++)
            line[column] = (byte)(First + (n + column) % Characters);
        line[Columns] = (byte)'\r';
        line[Columns + 1] = (byte)'\n';
    }

    private async Task<Served> GenerateAsync(PipeWriter output, int next, Pause pause, CancellationToken stop)
    {
        var linesAtATime = Math.Max(buffer / LineBytes, 1);
        while (true)
        {
            var flushed = await pause.FlushAsync(stop);
            if (flushed.IsCompleted) return Served.Finished.Instance;
            if (pause.IsRequested) return new Served.Paused(next);
            for (var i = 0; i < linesAtATime; i++)
            {
                WriteLine(output.GetSpan(LineBytes), next);
                output.Advance(LineBytes);
                next = (next + 1) % Characters;
            }
        }
    }
}

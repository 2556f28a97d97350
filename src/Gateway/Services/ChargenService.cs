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

    public async Task ServeAsync(IDuplexPipe client, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var thrownAway = DiscardService.ReadToEndAsync(client.Input, over.Token);
        try
        {
            await GenerateAsync(client.Output, over.Token);
        }
        finally
        {
            await over.CancelAsync();

            // It ends as the generator did, or cancelled: nothing that would have to be told twice.
            await thrownAway.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private async Task GenerateAsync(PipeWriter output, CancellationToken stop)
    {
        var linesAtATime = Math.Max(buffer / LineBytes, 1);
        var next = 0;
        bool isOver;
        do
        {
            for (var i = 0; i < linesAtATime; i++)
            {
                WriteLine(output.GetSpan(LineBytes), next);
                output.Advance(LineBytes);
                next = (next + 1) % Characters;
            }

            isOver = (await output.FlushAsync(stop)).IsCompleted;
        }
        while (!isOver);
    }
}

using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Handoff.Gateway.Services;

// RFC 867: date and time on one line, in the first of the two forms that the RFC suggests. It is said at once: there
// is nothing to pause.
internal sealed class DaytimeService(TimeProvider clock) : IService
{
    public async Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop)
    {
        var line = Line(clock.GetUtcNow());
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes(line), stop);
        await client.Output.CompleteAsync();
        return Served.Finished.Instance;
    }

    public static string Line(DateTimeOffset now) =>
        now.ToString("dddd, MMMM d, yyyy HH:mm:ss'-UTC\r\n'", CultureInfo.InvariantCulture);
}

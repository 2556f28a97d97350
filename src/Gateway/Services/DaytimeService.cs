using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Handoff.Gateway.Services;

// RFC 867: date and time on one line, in the first of the two forms that the RFC suggests.
internal sealed class DaytimeService(TimeProvider clock) : IService
{
    public async Task ServeAsync(IDuplexPipe client, CancellationToken stop)
    {
        var line = Line(clock.GetUtcNow());
        await client.Output.WriteAsync(Encoding.ASCII.GetBytes(line), stop);
        await client.Output.CompleteAsync();
    }

    public static string Line(DateTimeOffset now) =>
        now.ToString("dddd, MMMM d, yyyy HH:mm:ss'-UTC\r\n'", CultureInfo.InvariantCulture);
}

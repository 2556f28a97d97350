using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// RFC 868: seconds since 1900-01-01 00:00 UTC, 32 bits, most significant byte first. They begin anew in 2036.
internal sealed class TimeService(TimeProvider clock) : IService
{
    private static readonly DateTimeOffset Beginning = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop)
    {
        var answer = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(answer, Seconds(clock.GetUtcNow()));
        await client.Output.WriteAsync(answer, stop);
        await client.Output.CompleteAsync();
        return Served.Finished.Instance;
    }

    public static uint Seconds(DateTimeOffset now) =>
        unchecked((uint)((now - Beginning).Ticks / TimeSpan.TicksPerSecond));
}

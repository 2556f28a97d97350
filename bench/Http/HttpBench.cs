using Handoff.Bench.Echo;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Http;

// A small page of ASP.NET Core on connections that Handoff owns, beside Kestrel's own. Each server has a process; the
// client is this one, the same for all.
internal sealed class HttpBench(string engine) : IBench
{
    public static readonly IReadOnlyList<EchoCase> Cases =
    [
        .. ((int[])[1, 16, 256]).Select(connections => new EchoCase(
            $"page x{connections}",
            () => new Pages(connections),
            1,
            new Quantity("rate", "requests/s", Better.More),
            new Quantity("server cpu", "us/request", Better.Less))),
    ];

    public string Name => "http";

    public Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        InlineCompletions.Choose();
        return new Contest(
            Ours: [ServerKind.HttpPool, ServerKind.HttpInline, ServerKind.HttpOnePort],
            Peers: [ServerKind.HttpKestrel],
            Reference: ServerKind.HttpKestrel,
            Order: [ServerKind.HttpPool, ServerKind.HttpKestrel, ServerKind.HttpInline, ServerKind.HttpOnePort],
            Cases).RunAsync(engine, pace, progress, stop);
    }
}

using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Echo;

// Bytes through a connection and its owner, beside plain sockets and Kestrel. Each server has a process; the client is
// this one, the same for all.
internal sealed class EchoBench(string engine) : IBench
{
    public string Name => "echo";

    public Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        InlineCompletions.Choose();
        return new Contest(
            Ours: [ServerKind.LeasePool, ServerKind.LeaseInline, ServerKind.Messages, ServerKind.Streams],
            Peers: [ServerKind.Raw, ServerKind.Kestrel, .. ServerKind.PeersInPackages],
            Reference: ServerKind.Raw,
            Order:
            [
                ServerKind.LeasePool, ServerKind.Raw, ServerKind.LeaseInline, ServerKind.Kestrel, ServerKind.Messages,
                .. ServerKind.PeersInPackages, ServerKind.Streams,
            ],
            EchoCase.All).RunAsync(engine, pace, progress, stop);
    }
}

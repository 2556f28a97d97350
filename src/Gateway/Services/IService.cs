using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// What a service says on one connection, from where an earlier owner of it was paused: 0 at first, then what that
// answered. Where it has finished, who called it closes the connection. It may throw SocketFailedException (the peer
// is gone) and OperationCanceledException (stop); all else is a bug.
internal interface IService
{
    Task<Served> ServeAsync(IDuplexPipe client, long from, Pause pause, CancellationToken stop);
}

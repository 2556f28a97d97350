using System.IO.Pipelines;

namespace Handoff.Gateway.Services;

// What a service says on one connection. It returns when it has no more to say; who called it closes the connection.
// It may throw SocketFailedException (the peer is gone) and OperationCanceledException (stop); all else is a bug.
internal interface IService
{
    Task ServeAsync(IDuplexPipe client, CancellationToken stop);
}

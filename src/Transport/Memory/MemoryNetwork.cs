using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

/// <summary>
/// A network inside the process: listeners by name, and connections made of two bounded buffers. It has no thread and
/// no clock of its own.
/// </summary>
public sealed class MemoryNetwork : IEngine
{
    /// <summary>A network without listeners.</summary>
    /// <param name="scheduler">
    /// Resumes whoever awaits a socket. Not <see cref="PipeScheduler.Inline"/>: two ends that answer each other would
    /// never return.
    /// </param>
    /// <param name="bufferSize">Bytes that one direction of a connection holds; at least 1.</param>
    public MemoryNetwork(PipeScheduler scheduler, int bufferSize = 64 * 1024)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
    }

    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Two connected sockets; the caller owns both.</summary>
    public (IStreamSocket Near, IStreamSocket Far) Pair() => throw new NotImplementedException();
}

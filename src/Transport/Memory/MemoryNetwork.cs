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
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryListenSocket> _listeners = new(StringComparer.Ordinal);
    private readonly PipeScheduler _scheduler;
    private readonly int _bufferSize;
    private long _names;

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
        if (ReferenceEquals(scheduler, PipeScheduler.Inline))
            throw new ArgumentException("Two ends that resume each other inline never return.", nameof(scheduler));
        _scheduler = scheduler;
        _bufferSize = bufferSize;
    }

    internal PipeScheduler Scheduler => _scheduler;

    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        if (endPoint is not MemoryEndPoint wanted) return ResultCode.EEBADADDR;
        var place = wanted.Name.Length == 0 ? NewPlace() : wanted;
        var listener = new MemoryListenSocket(this, place, backlog);
        lock (_gate) return _listeners.TryAdd(place.Name, listener) ? listener : ResultCode.EEADDRINUSE;
    }

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (endPoint is not MemoryEndPoint place) return new(ResultCode.EEBADADDR);
        MemoryListenSocket? listener;
        lock (_gate) _listeners.TryGetValue(place.Name, out listener);
        return listener is null
            ? new ValueTask<SocketOr<IStreamSocket>>(ResultCode.EECONNREFUSED)
            : listener.ConnectAsync(timeout, timeProvider, cancellationToken);
    }

    /// <summary>Two connected sockets; the caller owns both.</summary>
    public (IStreamSocket Near, IStreamSocket Far) Pair() => Pair(NewPlace());

    internal (IStreamSocket Near, IStreamSocket Far) Pair(MemoryEndPoint farPlace)
    {
        var gate = new Lock();
        var nearPlace = NewPlace();
        var there = new MemoryDirection(gate, _scheduler, _bufferSize);
        var back = new MemoryDirection(gate, _scheduler, _bufferSize);
        return (
            new MemorySocket(gate, inbound: back, outbound: there, local: nearPlace, remote: farPlace),
            new MemorySocket(gate, inbound: there, outbound: back, local: farPlace, remote: nearPlace));
    }

    internal void Forget(MemoryListenSocket listener)
    {
        lock (_gate) _listeners.Remove(listener.Place.Name);
    }

    private MemoryEndPoint NewPlace() => new($"#{Interlocked.Increment(ref _names)}");
}

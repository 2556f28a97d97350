using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Memory;

/// <summary>
/// Datagrams inside the process, with UDP's manners: what finds no room or no receiver is lost, and only a connected
/// sender hears that there is no receiver. It has no thread and no clock of its own.
/// </summary>
public sealed class MemoryDatagramNetwork : IDatagramEngine
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryDatagramSocket> _sockets = new(StringComparer.Ordinal);
    private readonly PipeScheduler _scheduler;
    private readonly int _messages;
    private readonly int _bufferSize;
    private long _names;

    /// <summary>A network without sockets.</summary>
    /// <param name="scheduler">
    /// Resumes whoever awaits a socket. Not <see cref="PipeScheduler.Inline"/>: two that answer each other would never
    /// return.
    /// </param>
    /// <param name="messages">Messages that a socket holds until they are received; at least 1.</param>
    /// <param name="bufferSize">Bytes that a socket holds, too; at least 1.</param>
    public MemoryDatagramNetwork(PipeScheduler scheduler, int messages = 256, int bufferSize = 256 * 1024)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        if (ReferenceEquals(scheduler, PipeScheduler.Inline))
            throw new ArgumentException("Two that resume each other inline never return.", nameof(scheduler));
        _scheduler = scheduler;
        _messages = messages;
        _bufferSize = bufferSize;
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (local is null && remote is null) return ResultCode.EENOADDR;
        if (local is not (null or MemoryEndPoint) || remote is not (null or MemoryEndPoint))
            return ResultCode.EEBADADDR;
        var wanted = (MemoryEndPoint?)local;
        var place = wanted is null or { Name.Length: 0 }
            ? new MemoryEndPoint($"#{Interlocked.Increment(ref _names)}")
            : wanted;
        var socket = new MemoryDatagramSocket(
            this, place, (MemoryEndPoint?)remote, _scheduler, _messages, _bufferSize);
        lock (_gate) return _sockets.TryAdd(place.Name, socket) ? socket : ResultCode.EEADDRINUSE;
    }

    internal MemoryDatagramSocket? At(MemoryEndPoint place)
    {
        lock (_gate) return _sockets.GetValueOrDefault(place.Name);
    }

    internal void Forget(MemoryEndPoint place)
    {
        lock (_gate) _sockets.Remove(place.Name);
    }
}

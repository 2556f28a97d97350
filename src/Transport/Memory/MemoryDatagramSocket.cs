using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Memory;

internal sealed class MemoryDatagramSocket(
    MemoryDatagramNetwork network,
    MemoryEndPoint local,
    MemoryEndPoint? remote,
    PipeScheduler scheduler,
    int messages,
    int bufferSize) : IDatagramSocket
{
    private const int Largest = 65_507; // as UDP has it

    private readonly Lock _gate = new();
    private readonly MessageQueue _inbox = new(BlockPool.Shared, messages, bufferSize);
    private readonly Waiter<IoResult> _receiver = new(scheduler);
    private long _dropped;
    private bool _isClosed;
    private bool _isWaitStopped;

    public EndPoint? LocalEndPoint => local;

    public EndPoint? RemoteEndPoint => remote;

    public bool IsConnected => remote is not null;

    public bool HasEnd => false;

    public bool CanWaitToSend => true;

    public long? Dropped
    {
        get
        {
            lock (_gate) return _dropped;
        }
    }

    public DatagramResult TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        lock (_gate)
        {
            if (_isClosed) return DatagramResult.Failed(ResultCode.EEBADF);
            if (_inbox.Count == 0) return DatagramResult.Failed(ResultCode.EEWOULDBLOCK);
            var oldest = _inbox[_inbox.First];
            var count = Math.Min(buffer.Length, oldest.Bytes.Length);
            oldest.Bytes.Span[..count].CopyTo(buffer);
            var marks = count < oldest.Bytes.Length ? DatagramMarks.Truncated : DatagramMarks.None;
            _inbox.Remove();
            return new DatagramResult(count, oldest.Facts.Address, marks, oldest.Code);
        }
    }

    public ValueTask<IoResult> WaitReadableAsync()
    {
        lock (_gate)
        {
            if (Readiness() is { } now) return new(now);
            _receiver.Arm();
            return _receiver.Armed;
        }
    }

    public void StopWaiting()
    {
        bool isWaiting;
        lock (_gate)
        {
            _isWaitStopped = true;
            isWaiting = Notice();
        }

        if (isWaiting) _receiver.Fire();
    }

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to)
    {
        if ((to ?? remote) is not { } receiver) return IoResult.Failed(ResultCode.EENOADDR);
        if (receiver is not MemoryEndPoint place) return IoResult.Failed(ResultCode.EEBADADDR);
        if (message.Length > Largest) return IoResult.Failed(ResultCode.EEMSGSIZE);
        lock (_gate)
        {
            if (_isClosed) return IoResult.Failed(ResultCode.EEBADF);
        }

        if (network.At(place) is { } there) there.Deliver(message, local);
        else if (IsConnected) Refused();
        return IoResult.Moved(message.Length);
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to) => new(TrySend(message.Span, to));

    public ResultCode ShutdownSend() => ResultCode.EEMODENOTSUPP;

    public void Dispose()
    {
        network.Forget(local);
        bool isWaiting;
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
            _inbox.Clear();
            isWaiting = Notice();
        }

        if (isWaiting) _receiver.Fire();
    }

    private void Deliver(ReadOnlySpan<byte> message, MemoryEndPoint from)
    {
        bool isWaiting;
        lock (_gate)
        {
            if (_isClosed || !(remote?.Equals(from) ?? true)) return;
            if (_inbox.IsFull)
            {
                _dropped++;
                return;
            }

            _inbox.Append(
                MessageKind.Data, message, new MessageFacts { Address = from }, ResultCode.EESUCCESS);
            isWaiting = Notice();
        }

        if (isWaiting) _receiver.Fire();
    }

    // What ICMP tells the sender.
    private void Refused()
    {
        bool isWaiting;
        lock (_gate)
        {
            _inbox.AppendFailure(ResultCode.EECONNREFUSED, remote);
            isWaiting = Notice();
        }

        if (isWaiting) _receiver.Fire();
    }

    private IoResult? Readiness() =>
        _isClosed ? IoResult.Failed(ResultCode.EEBADF)
        : _isWaitStopped ? IoResult.Failed(ResultCode.EEINTR)
        : _inbox.Count > 0 ? IoResult.Moved(0)
        : null;

    private bool Notice()
    {
        if (!_receiver.IsWaiting || Readiness() is not { } now) return false;
        _receiver.Resolve(now);
        return true;
    }
}

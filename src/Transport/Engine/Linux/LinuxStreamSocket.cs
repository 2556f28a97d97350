using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

// Each call is tried at once; only what the kernel says to wait for waits, for the loop's word.
internal sealed class LinuxStreamSocket : IStreamSocket, IPassable, IDurable
{
    private readonly Descriptor _descriptor;
    private readonly int _family;
    private volatile bool _isShut;
    private volatile DurableReads? _durable;

    public LinuxStreamSocket(Descriptor descriptor, int family, EndPoint? local, EndPoint? remote)
    {
        _descriptor = descriptor;
        _family = family;
        if (IsUnix) PeerCredentials = SocketOptions.PeerOf(descriptor.Number);
        descriptor.Name = this;
        LocalEndPoint = local;
        RemoteEndPoint = remote;
    }

    public EndPoint? LocalEndPoint { get; }

    public EndPoint? RemoteEndPoint { get; }

    public PeerCredentials? PeerCredentials { get; }

    // What was bound before it was connected.
    internal BoundPath? File { get; set; }

    internal int Number => _descriptor.Number;

    private bool IsUnix => _family == Native.FamilyUnix;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        var result = TryReceive(buffer.Span);
        return result.Code is ResultCode.EEWOULDBLOCK ? ReceiveLaterAsync(buffer) : new(result);
    }

    public ValueTask<IoResult> WaitReadableAsync() => _descriptor.WaitReadableAsync();

    public void StopWaiting() => _descriptor.Stop(ResultCode.EEINTR);

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        var result = TrySend(bytes.Span);
        return result.Code is ResultCode.EEWOULDBLOCK ? SendLaterAsync(bytes) : new(result);
    }

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes)
    {
        var result = TrySend(bytes);
        return result.Code is ResultCode.EEWOULDBLOCK ? SendLaterAsync(bytes) : new(result);
    }

    // Unix sockets have it on some kernels only, and not beside the stream.
    public ResultCode SendUrgent(byte value) =>
        IsUnix ? ResultCode.EEMODENOTSUPP : TrySend([value], Native.OutOfBand).Code;

    // It is beside the stream: whether that is readable is another matter.
    public IoResult ReceiveUrgent(Span<byte> buffer)
    {
        if (IsUnix) return IoResult.Failed(ResultCode.EEMODENOTSUPP);
        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        var received = Urgent.Receive(_descriptor.Number, buffer);
        _descriptor.Leave();
        return received;
    }

    public ResultCode ShutdownSend()
    {
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        _isShut = true;
        var error = SystemCalls.Shutdown(_descriptor.Number, Native.ShutdownSend) == 0 ? Errno.None : Errors.Last;

        // One that came from another process may be over both ways: then the FIN has been sent there.
        if (error is Errno.NotConnected && _descriptor.IsShared && SocketOptions.IsGone(_descriptor.Number))
            error = Errno.None;
        _descriptor.Leave();
        return error is Errno.None ? ResultCode.EESUCCESS : Errors.OfShutdown(error);
    }

    public void Abort()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Reset)) return;
        if (_descriptor.TryEnter())
        {
            if (_descriptor.IsShared) _ = SharedEnding.Abort(_descriptor.Number);
            else SocketOptions.ResetOnClose(_descriptor.Number);
            _descriptor.Leave();
        }

        Dispose();
    }

    public void Dispose()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Finish)) return;
        if (_descriptor.IsShared && _descriptor.TryEnter())
        {
            // Refused where it is over already, which is as good.
            _ = SharedEnding.Finish(_descriptor.Number);
            _descriptor.Leave();
        }

        File?.Remove();
        _descriptor.Close();
    }

    public void BeginDurable(int bytes)
    {
        var durable = new DurableReads(_family);
        if (!_descriptor.TryEnter()) return;
        durable.Begin(_descriptor.Number, bytes);
        _descriptor.Leave();
        _durable = durable;
    }

    public void Discard(long bytes)
    {
        if (_durable is not { } durable || !_descriptor.TryEnter()) return;
        durable.Discard(_descriptor.Number, bytes);
        _descriptor.Leave();
    }

    public void EndDurable()
    {
        if (_durable is not { } durable || !_descriptor.TryEnter()) return;
        durable.End(_descriptor.Number);
        _descriptor.Leave();
        _durable = null;
    }

    public void Pause() => _descriptor.Pause();

    public SocketOr<SocketDescriptor> Lend() => _descriptor.Lend();

    public void GoOn()
    {
        var asked = _descriptor.Unpause();
        if (asked is LentEnd.Asked.Reset) Abort();
        else if (asked is LentEnd.Asked.Finish) Dispose();
    }

    public SocketOr<SocketDescriptor> Share() => _descriptor.Share();

    public void Leave()
    {
        File = null;
        _descriptor.Close();
        _descriptor.Unpause();
    }

    public SocketResult SetOption(SocketOption option) =>
        OwnerOptions.Set(_descriptor, _family, isStream: true, option);

    public OptionResult GetOption(SocketOptionKind kind) =>
        OwnerOptions.Get(_descriptor, _family, isStream: true, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        OwnerOptions.SetRaw(_descriptor, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        OwnerOptions.GetRaw(_descriptor, level, name, size);

    // Out of the engine, open and with all that was not received; this socket is closed then, and its file, if it has
    // one, stays.
    public SocketOr<SocketDescriptor> HandOut()
    {
        var handedOut = _descriptor.HandOut();
        if (handedOut.Socket is not null) File = null;
        return handedOut;
    }

    // The same descriptor where it is a connection of records; this socket is not to be used any more.
    public LinuxDatagramSocket ByRecords() =>
        LinuxDatagramSocket.OfRecords(_descriptor, LocalEndPoint, RemoteEndPoint, PeerCredentials);

    public override string ToString() => $"{LocalEndPoint} <- {RemoteEndPoint}";

    private IoResult TryReceive(Span<byte> buffer)
    {
        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        _descriptor.Clear();
        var count = _durable is { } durable
            ? durable.Receive(_descriptor.Number, buffer, out var error)
            : Receive(buffer, out error);
        // A reset is told once, and a send may have been told: then this looks like the peer's FIN.
        if (count == 0 && !_isShut && SocketOptions.IsGone(_descriptor.Number))
            (count, error) = (-1, Errno.Reset);
        _descriptor.Leave();
        if (error is Errno.TryAgain) return IoResult.Failed(ResultCode.EEWOULDBLOCK);

        // A short read has emptied the queue (epoll(7)), unless something else than bytes is in it.
        if (count == buffer.Length || _descriptor.MustDrain) _descriptor.Report();
        return count >= 0 ? IoResult.Moved((int)count) : IoResult.Failed(Errors.OfReceive(error));
    }

    private unsafe nint Receive(Span<byte> buffer, out Errno error)
    {
        nint count;
        do
        {
            fixed (byte* start = buffer)
            {
                count = SystemCalls.Receive(_descriptor.Number, start, (nuint)buffer.Length, Native.DontWait);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        return count;
    }

    private unsafe IoResult TrySend(ReadOnlySpan<byte> bytes, int flags = 0)
    {
        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        _descriptor.ClearWritable();
        nint count;
        Errno error;
        do
        {
            fixed (byte* start = bytes)
            {
                count = SystemCalls.Send(
                    _descriptor.Number, start, (nuint)bytes.Length, flags | Native.DontWait | Native.NoSignal);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        _descriptor.Leave();
        return Sent(count, error);
    }

    private IoResult TrySend(in ReadOnlySequence<byte> bytes)
    {
        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        _descriptor.ClearWritable();
        var count = Gather.Send(_descriptor.Number, bytes, out var error);
        _descriptor.Leave();
        return Sent(count, error);
    }

    private static IoResult Sent(nint count, Errno error) => error switch
    {
        Errno.None => IoResult.Moved((int)count),
        Errno.TryAgain => IoResult.Failed(ResultCode.EEWOULDBLOCK),
        _ => IoResult.Failed(Errors.OfSend(error)),
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> ReceiveLaterAsync(Memory<byte> buffer)
    {
        while (true)
        {
            var ready = await _descriptor.WaitReadableAsync().ConfigureAwait(false);
            if (!ready.IsSuccess) return ready;
            var result = TryReceive(buffer.Span);
            if (result.Code is not ResultCode.EEWOULDBLOCK) return result;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> SendLaterAsync(ReadOnlyMemory<byte> bytes)
    {
        while (true)
        {
            var ready = await _descriptor.WaitWritableAsync().ConfigureAwait(false);
            if (!ready.IsSuccess) return ready;
            var result = TrySend(bytes.Span);
            if (result.Code is not ResultCode.EEWOULDBLOCK) return result;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> SendLaterAsync(ReadOnlySequence<byte> bytes)
    {
        while (true)
        {
            var ready = await _descriptor.WaitWritableAsync().ConfigureAwait(false);
            if (!ready.IsSuccess) return ready;
            var result = TrySend(bytes);
            if (result.Code is not ResultCode.EEWOULDBLOCK) return result;
        }
    }
}

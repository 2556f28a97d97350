using System.Net;
using System.Runtime.CompilerServices;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

// Each call is tried at once; only what the kernel says to wait for waits, for the loop's word.
internal sealed class LinuxDatagramSocket : IDatagramSocket, IPassable
{
    private readonly Descriptor _descriptor;
    private readonly SenderNames? _senders;
    private readonly UnixNames? _receivers;
    private readonly int _family;
    private volatile bool _isShut;
    private long? _dropped;

    public LinuxDatagramSocket(
        Descriptor descriptor, int family, EndPoint? local, EndPoint? remote, bool isConnected)
    {
        _descriptor = descriptor;
        _family = family;
        descriptor.Name = this;
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        IsConnected = isConnected;
        if (isConnected) return;
        _senders = new SenderNames();
        if (family == Native.FamilyUnix) _receivers = new UnixNames();
    }

    public static LinuxDatagramSocket OfRecords(
        Descriptor descriptor, EndPoint? local, EndPoint? remote, PeerCredentials? peer) =>
        new(descriptor, Native.FamilyUnix, local, remote, isConnected: true) { HasEnd = true, PeerCredentials = peer };

    public EndPoint? LocalEndPoint { get; }

    public EndPoint? RemoteEndPoint { get; }

    public bool IsConnected { get; }

    public bool HasEnd { get; private init; }

    public PeerCredentials? PeerCredentials { get; private init; }

    public bool CanWaitToSend => _receivers is null;

    public long? Dropped
    {
        get
        {
            if (!_descriptor.TryEnter()) return _dropped;
            _dropped = SocketOptions.Dropped(_descriptor.Number);
            _descriptor.Leave();
            return _dropped;
        }
    }

    // What was bound.
    internal BoundPath? File { get; set; }

    internal int Number => _descriptor.Number;

    public unsafe DatagramResult TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        if (!_descriptor.TryEnter()) return DatagramResult.Failed(ResultCode.EEBADF);
        _descriptor.Clear();
        var name = stackalloc byte[Native.LargestAddress];
        nint count;
        Errno error;
        MessageHeader header;
        do
        {
            fixed (byte* start = buffer)
            {
                var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
                header = new MessageHeader
                {
                    Name = IsConnected ? null : name,
                    NameLength = IsConnected ? 0u : Native.LargestAddress,
                    Vectors = &vector,
                    VectorCount = 1,
                };
                count = SystemCalls.ReceiveMessage(_descriptor.Number, &header, Native.DontWait);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        _descriptor.Leave();
        if (error is Errno.TryAgain) return DatagramResult.Failed(ResultCode.EEWOULDBLOCK);

        // More may be there, behind a failure too.
        _descriptor.Report();
        if (error is not Errno.None) return DatagramResult.Failed(DatagramErrors.OfReceive(error));
        if (count == 0 && HasEnd) return DatagramResult.End;
        var sender = _senders is null
            ? RemoteEndPoint
            : _senders.Read(new ReadOnlySpan<byte>(name, (int)header.NameLength));
        var marks = (header.Flags & Native.Truncated) != 0 ? DatagramMarks.Truncated : DatagramMarks.None;
        return new DatagramResult((int)count, sender, marks, ResultCode.EESUCCESS);
    }

    public ValueTask<IoResult> WaitReadableAsync() => _descriptor.WaitReadableAsync();

    public void StopWaiting() => _descriptor.Stop(ResultCode.EEINTR);

    public unsafe IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to)
    {
        if (HasEnd && message.IsEmpty) return IoResult.Failed(ResultCode.EEBADDATA);
        if (_isShut) return IoResult.Failed(ResultCode.EENOTCONN);
        var name = stackalloc byte[Native.LargestAddress];
        var length = 0;
        if (to is not null)
        {
            if (SocketName.FamilyOf(to) != _family) return IoResult.Failed(ResultCode.EEBADADDR);
            length = Write(to, new Span<byte>(name, Native.LargestAddress));
        }

        if (!_descriptor.TryEnter()) return IoResult.Failed(ResultCode.EEBADF);
        _descriptor.ClearWritable();
        nint count;
        Errno error;
        do
        {
            fixed (byte* start = message)
            {
                var vector = new IoVector { Base = start, Length = (nuint)message.Length };
                var header = new MessageHeader
                {
                    Name = to is null ? null : name,
                    NameLength = (uint)length,
                    Vectors = &vector,
                    VectorCount = 1,
                };
                count = SystemCalls.SendMessage(
                    _descriptor.Number, &header, Native.DontWait | Native.NoSignal);
            }

            error = count < 0 ? Errors.Now : Errno.None;
        }
        while (error is Errno.Interrupted);
        _descriptor.Leave();
        return error switch
        {
            Errno.None => IoResult.Moved((int)count),
            Errno.TryAgain => IoResult.Failed(ResultCode.EEWOULDBLOCK),
            _ => IoResult.Failed(DatagramErrors.OfSend(error)),
        };
    }

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to)
    {
        var result = TrySend(message.Span, to);
        var isToWait = result.Code is ResultCode.EEWOULDBLOCK && CanWaitToSend;
        return isToWait ? SendLaterAsync(message, to) : new(result);
    }

    public ResultCode ShutdownSend()
    {
        if (!HasEnd) return ResultCode.EEMODENOTSUPP;
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        _isShut = true;
        var error = SystemCalls.Shutdown(_descriptor.Number, Native.ShutdownSend) == 0 ? Errno.None : Errors.Last;
        _descriptor.Leave();
        return error is Errno.None ? ResultCode.EESUCCESS : Errors.OfShutdown(error);
    }

    public SocketResult SetOption(SocketOption option) =>
        OwnerOptions.Set(_descriptor, _family, isStream: false, option);

    public OptionResult GetOption(SocketOptionKind kind) =>
        OwnerOptions.Get(_descriptor, _family, isStream: false, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        OwnerOptions.SetRaw(_descriptor, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        OwnerOptions.GetRaw(_descriptor, level, name, size);

    // Of an address of the network only the last close tells: a shutdown is nothing to those who send there.
    public void Dispose()
    {
        if (_descriptor.Postpones(LentEnd.Asked.Finish)) return;
        if (_family == Native.FamilyUnix && _descriptor.IsShared && _descriptor.TryEnter())
        {
            _ = SharedEnding.Finish(_descriptor.Number);
            _descriptor.Leave();
        }

        File?.Remove();
        _descriptor.Close();
    }

    public void Pause() => _descriptor.Pause();

    public SocketOr<SocketDescriptor> Lend() => _descriptor.Lend();

    public void GoOn()
    {
        if (_descriptor.Unpause() is not LentEnd.Asked.Nothing) Dispose();
    }

    // Its file, if it has one, stays for whoever goes on with it.
    public void Leave()
    {
        File = null;
        _descriptor.Close();
        _descriptor.Unpause();
    }

    // Out of the engine, open and with all that was not received; this socket is closed then, and its file, if it has
    // one, stays.
    public SocketOr<SocketDescriptor> HandOut()
    {
        var handedOut = _descriptor.HandOut();
        if (handedOut.Socket is not null) File = null;
        return handedOut;
    }

    public override string ToString() => $"{(HasEnd ? "records" : "datagrams")} on {LocalEndPoint}";

    private int Write(EndPoint to, Span<byte> name)
    {
        if (to is IPEndPoint address) return SocketName.Write(address, name);
        var known = _receivers is null ? SocketName.Write(to) : _receivers.Of(to);
        known.CopyTo(name);
        return known.Length;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> SendLaterAsync(ReadOnlyMemory<byte> message, EndPoint? to)
    {
        while (true)
        {
            var ready = await _descriptor.WaitWritableAsync().ConfigureAwait(false);
            if (!ready.IsSuccess) return ready;
            var result = TrySend(message.Span, to);
            if (result.Code is not ResultCode.EEWOULDBLOCK) return result;
        }
    }
}

using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Portable;

internal sealed class PortableStreamSocket : IStreamSocket
{
    // What is peeked into it is never looked at, so that all sockets can share it.
    private static readonly byte[] Peeked = new byte[1];
    private readonly Socket _socket;
    private readonly SocketOperation _receive;
    private readonly SocketOperation _send;
    private readonly CancellationTokenSource _stopWaiting = new();
    private readonly BoundPath? _file;
    private volatile bool _isShut;
    private int _isClosed;

    // The file is what was bound before it was connected.
    public PortableStreamSocket(Socket socket, BoundPath? file)
    {
        if (socket.AddressFamily is AddressFamily.Unix) PeerCredentials = PeerOf(socket);
        else socket.NoDelay = true;
        socket.Blocking = false; // what is not awaited never waits
        _socket = socket;
        _file = file;
        _receive = new SocketOperation(socket, SocketErrorCodes.OfReceive) { IsReset = IsReset };
        _send = new SocketOperation(socket, SocketErrorCodes.OfSend);
        LocalEndPoint = UnixName.OrNull(socket.LocalEndPoint);
        RemoteEndPoint = UnixName.OrNull(socket.RemoteEndPoint);
    }

    public EndPoint? LocalEndPoint { get; }

    public EndPoint? RemoteEndPoint { get; }

    public PeerCredentials? PeerCredentials { get; }

    internal Socket Socket => _socket;

    private bool IsUnix => _socket.AddressFamily is AddressFamily.Unix;

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer) => _receive.ReceiveAsync(buffer);

    // A peek and not an empty receive: that one may say "readable" for what a receive has taken already.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IoResult> WaitReadableAsync()
    {
        try
        {
            await _socket.ReceiveAsync(Peeked, SocketFlags.Peek, _stopWaiting.Token).ConfigureAwait(false);
            return IoResult.Moved(0);
        }
        catch (OperationCanceledException)
        {
            return IoResult.Failed(ResultCode.EEINTR);
        }
        catch (SocketException failure)
        {
            return IoResult.Failed(SocketErrorCodes.OfReceive(failure.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(ResultCode.EEBADF);
        }
    }

    public void StopWaiting() => _stopWaiting.Cancel();

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) => _send.SendAsync(bytes);

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) => _send.SendAsync(bytes);

    public ResultCode SendUrgent(byte value)
    {
        if (IsUnix) return ResultCode.EEMODENOTSUPP;
        try
        {
            _socket.Send([value], SocketFlags.OutOfBand, out var error);
            return error switch
            {
                SocketError.Success => ResultCode.EESUCCESS,
                SocketError.WouldBlock => ResultCode.EEWOULDBLOCK,
                _ => SocketErrorCodes.OfSend(error),
            };
        }
        catch (ObjectDisposedException)
        {
            return ResultCode.EEBADF;
        }
    }

    public IoResult ReceiveUrgent(Span<byte> buffer)
    {
        if (IsUnix) return IoResult.Failed(ResultCode.EEMODENOTSUPP);
        try
        {
            var count = _socket.Receive(buffer, SocketFlags.OutOfBand, out var error);
            return error switch
            {
                SocketError.Success when count > 0 => IoResult.Moved(count),
                SocketError.Success or SocketError.WouldBlock or SocketError.InvalidArgument =>
                    IoResult.Failed(ResultCode.EEWOULDBLOCK),
                _ => IoResult.Failed(SocketErrorCodes.OfReceive(error)),
            };
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(ResultCode.EEBADF);
        }
    }

    public ResultCode ShutdownSend()
    {
        try
        {
            _isShut = true;
            _socket.Shutdown(SocketShutdown.Send);
            return ResultCode.EESUCCESS;
        }
        catch (SocketException failure)
        {
            return SocketErrorCodes.OfShutdown(failure.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            return ResultCode.EEBADF;
        }
    }

    public void Abort()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1) return;
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0); // close() is a reset then: socket(7)
        }
        catch (SocketException)
        {
            // Some systems refuse it for a connection that is gone already, which needs no reset.
        }

        Release();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Release();
    }

    public SocketResult SetOption(SocketOption option) => PortableOptions.Set(_socket, option);

    public OptionResult GetOption(SocketOptionKind kind) => PortableOptions.Get(_socket, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        PortableOptions.SetRaw(_socket, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        PortableOptions.GetRaw(_socket, level, name, size);

    // SO_PEERCRED, which .NET does not name: unix(7), struct ucred.
    private static PeerCredentials? PeerOf(Socket socket)
    {
        const int SocketLevel = 1, Peer = 17;
        if (!OperatingSystem.IsLinux()) return null;
        Span<int> peer = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, Peer, MemoryMarshal.AsBytes(peer));
        return new PeerCredentials(peer[0], (uint)peer[1], (uint)peer[2]);
    }

    // A reset is told once, and a send may have been told: then a receive looks like the peer's FIN. tcp(7), TCP_INFO.
    private bool IsReset()
    {
        const int Tcp = 6, TcpInfo = 11, Closed = 7;
        if (_isShut || IsUnix || !OperatingSystem.IsLinux()) return false;
        Span<byte> state = [0];
        try
        {
            return _socket.GetRawSocketOption(Tcp, TcpInfo, state) == 1 && state[0] == Closed;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void Release()
    {
        _file?.Remove();
        _socket.Dispose();
        _receive.Dispose();
        _send.Dispose();
    }
}

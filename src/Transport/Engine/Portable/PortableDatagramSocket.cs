using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Handoff.Transport.Engine.Portable;

internal sealed class PortableDatagramSocket : IDatagramSocket
{
    // What is peeked into it is never looked at, so that all sockets can share it.
    private static readonly byte[] Peeked = new byte[1];
    private readonly Socket _socket;
    private readonly EndPoint _anybody;
    private readonly CancellationTokenSource _stopWaiting = new();

    public PortableDatagramSocket(Socket socket, EndPoint? remote)
    {
        socket.Blocking = false; // what is not awaited never waits
        _socket = socket;
        _anybody = new IPEndPoint(
            socket.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = remote;
    }

    public EndPoint? LocalEndPoint { get; }

    public EndPoint? RemoteEndPoint { get; }

    public bool IsConnected => RemoteEndPoint is not null;

    public bool HasEnd => false;

    public bool CanWaitToSend => true;

    public long? Dropped => null;

    internal Socket Socket => _socket;

    public DatagramResult TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectRead)) return DatagramResult.Failed(ResultCode.EEWOULDBLOCK);
            var flags = SocketFlags.None;
            var sender = _anybody;
            var count = _socket.ReceiveMessageFrom(buffer, ref flags, ref sender, out _);
            var marks = flags.HasFlag(SocketFlags.Truncated) ? DatagramMarks.Truncated : DatagramMarks.None;
            return new DatagramResult(count, RemoteEndPoint ?? sender, marks, ResultCode.EESUCCESS);
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.MessageSize)
        {
            // Windows tells it like this, and the buffer is full.
            return new DatagramResult(
                buffer.Length, RemoteEndPoint, DatagramMarks.Truncated, ResultCode.EESUCCESS);
        }
        catch (SocketException failure)
        {
            return DatagramResult.Failed(DatagramCodes.OfReceive(failure.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return DatagramResult.Failed(ResultCode.EEBADF);
        }
    }

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
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.MessageSize)
        {
            return IoResult.Moved(0);
        }
        catch (SocketException failure)
        {
            return IoResult.Failed(DatagramCodes.OfReceive(failure.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(ResultCode.EEBADF);
        }
    }

    public void StopWaiting() => _stopWaiting.Cancel();

    public IoResult TrySend(ReadOnlySpan<byte> message, EndPoint? to)
    {
        if (Unfit(to) is { } unfit) return IoResult.Failed(unfit);
        try
        {
            return IoResult.Moved(to is null
                ? _socket.Send(message, SocketFlags.None)
                : _socket.SendTo(message, SocketFlags.None, to));
        }
        catch (SocketException failure)
        {
            return IoResult.Failed(DatagramCodes.OfSend(failure.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(ResultCode.EEBADF);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> message, EndPoint? to)
    {
        if (Unfit(to) is { } unfit) return IoResult.Failed(unfit);
        try
        {
            return IoResult.Moved(to is null
                ? await _socket.SendAsync(message, SocketFlags.None).ConfigureAwait(false)
                : await _socket.SendToAsync(message, SocketFlags.None, to).ConfigureAwait(false));
        }
        catch (SocketException failure)
        {
            return IoResult.Failed(DatagramCodes.OfSend(failure.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(ResultCode.EEBADF);
        }
    }

    public ResultCode ShutdownSend() => ResultCode.EEMODENOTSUPP;

    public SocketResult SetOption(SocketOption option) => PortableOptions.Set(_socket, option);

    public OptionResult GetOption(SocketOptionKind kind) => PortableOptions.Get(_socket, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        PortableOptions.SetRaw(_socket, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        PortableOptions.GetRaw(_socket, level, name, size);

    public void Dispose() => _socket.Dispose();

    private ResultCode? Unfit(EndPoint? to) => to switch
    {
        null => IsConnected ? null : ResultCode.EENOADDR,
        IPEndPoint { Port: > 0 } when to.AddressFamily == _socket.AddressFamily => null,
        _ => ResultCode.EEBADADDR,
    };
}

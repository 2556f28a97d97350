using System.Runtime.CompilerServices;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tls;

// The socket as SslStream wants it, beneath the records: first what the connection before has left over, then what
// comes. An exception only ends SslStream's call; what it was is in the two codes.
internal sealed class RecordStream(Succession before) : Stream
{
    private readonly IStreamSocket _socket = before.Socket;
    private Succession.Remainder? _remainder;
    private ReadOnlyMemory<byte> _unread = before.Unread;

    // Whoever computes with the session's state has it. SslStream keeps its reads and writes apart itself, but not the
    // end that it sends (SSL_shutdown) from what it reads at the same time (SSL_read), and OpenSSL wants them apart.
    public SemaphoreSlim Turn { get; } = new(1);

    // Between two calls on the socket of a handshake certificates are looked at, which must not hold up the engine.
    public bool LeavesEngine { get; set; } = true;

    // The FIN was read where more bytes were wanted: TLS has not said that this is the end.
    public bool IsAtEnd { get; private set; }

    public ResultCode ReceiveFailure { get; private set; } = ResultCode.EESUCCESS;

    public ResultCode SendFailure { get; private set; } = ResultCode.EESUCCESS;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // The caller has the turn, and has it again afterwards. A read of nothing waits until there is something.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Turn.Release();
        try
        {
            return await ReceiveAsync(buffer).ConfigureAwait(false);
        }
        finally
        {
            if (LeavesEngine) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var code = await before.Sent.ConfigureAwait(false);
        while (code is ResultCode.EESUCCESS && !buffer.IsEmpty)
        {
            var sent = await _socket.SendAsync(buffer).ConfigureAwait(false);
            code = sent.Code;
            buffer = buffer[sent.Bytes..];
        }

        if (code is ResultCode.EESUCCESS) return;
        SendFailure = code;
        throw new SocketFailedException(code);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Also where there is no session, to find out how the connection ends.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        ReceiveFailure = ResultCode.EESUCCESS;
        if (_remainder is null && _unread.IsEmpty)
        {
            _remainder = await before.Received.ConfigureAwait(false);
            _unread = _remainder.Bytes;
        }

        if (!_unread.IsEmpty) return Take(buffer);
        if (_remainder!.Code is not ResultCode.EESUCCESS) throw Failed(_remainder.Code);
        if (_remainder.IsFinished) return AtEnd(buffer);
        // Also before a receive of bytes: of the two only this wait can be stopped on every engine.
        var ready = await _socket.WaitReadableAsync().ConfigureAwait(false);
        if (!ready.IsSuccess) throw Failed(ready.Code);
        if (buffer.IsEmpty) return 0;
        var received = await _socket.ReceiveAsync(buffer).ConfigureAwait(false);
        if (!received.IsSuccess) throw Failed(received.Code);
        return received.Bytes == 0 ? AtEnd(buffer) : received.Bytes;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Turn.Dispose();
        base.Dispose(disposing);
    }

    private int Take(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _unread.Length);
        _unread.Span[..count].CopyTo(buffer.Span);
        _unread = _unread[count..];
        return count;
    }

    private int AtEnd(Memory<byte> buffer)
    {
        IsAtEnd |= !buffer.IsEmpty;
        return 0;
    }

    private SocketFailedException Failed(ResultCode code)
    {
        ReceiveFailure = code;
        return new SocketFailedException(code);
    }
}

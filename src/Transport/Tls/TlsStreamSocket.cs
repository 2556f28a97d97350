using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tls;

// A socket whose bytes go through a session of TLS over another one. It has no descriptor that somebody else could go
// on with: the keys are here. Until the handshake is over its calls wait.
internal sealed class TlsStreamSocket : IStreamSocket
{
    // RFC 8446 section 5.1: bytes in one record.
    private const int LargestRecord = 16 * 1024;

    private readonly IStreamSocket _socket;
    private readonly Succession _before;
    private readonly RecordStream _records;
    private readonly SslStream _session;
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile Stage _stage;
    private bool _isAuthenticating;
    private bool _isDisposed;

    public TlsStreamSocket(Succession before)
    {
        _socket = before.Socket;
        _before = before;
        _records = new RecordStream(before);
        _session = new SslStream(_records, leaveInnerStreamOpen: true);
    }

    // Only ever rises.
    private enum Stage
    {
        Handshaking,
        Open,

        // There is no session. The connection ends as one without TLS does, and what comes is nobody's.
        Failed,
        Aborted,
    }

    public EndPoint? LocalEndPoint => _socket.LocalEndPoint;

    public EndPoint? RemoteEndPoint => _socket.RemoteEndPoint;

    public PeerCredentials? PeerCredentials => _socket.PeerCredentials;

    // Once. The caller says what comes of it: Open or Fail.
    public async Task<(TlsState.Secure? Session, SocketResult Result)> AuthenticateAsync(
        TlsSide side, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isDisposed) return (null, SocketResult.Of(ResultCode.EEBADF));
            _isAuthenticating = true;
        }

        await _records.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await side.AuthenticateAsync(_session, cancellationToken).ConfigureAwait(false);
            return (SecureBy(side), SocketResult.Success);
        }
        catch (Exception failure)
        {
            // Whatever a callback of the options throws: the peer is not who was wanted.
            return (null, Why(failure));
        }
        finally
        {
            _records.LeavesEngine = false;
            _records.Turn.Release();
            bool isLeft;
            lock (_gate)
            {
                _isAuthenticating = false;
                isLeft = _isDisposed;
            }

            if (isLeft) _session.Dispose();
        }
    }

    public void Open() => Decide(Stage.Open);

    public void Fail() => Decide(Stage.Failed);

    public ValueTask<IoResult> ReceiveAsync(Memory<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        return ReadAsync(buffer);
    }

    public ValueTask<IoResult> WaitReadableAsync() => ReadAsync(Memory<byte>.Empty);

    // Nobody stops waiting before the handshake is over: what has to be sent first waits for it.
    public void StopWaiting() => _socket.StopWaiting();

    public ValueTask<IoResult> SendAsync(ReadOnlyMemory<byte> bytes) => WriteAsync(bytes);

    public ValueTask<IoResult> SendAsync(in ReadOnlySequence<byte> bytes) =>
        bytes.IsSingleSegment || bytes.FirstSpan.Length >= LargestRecord
            ? WriteAsync(bytes.First)
            : GatherAsync(bytes.Slice(0, Math.Min(LargestRecord, bytes.Length)));

    public ResultCode SendUrgent(byte value) => ResultCode.EEMODENOTSUPP;

    public IoResult ReceiveUrgent(Span<byte> buffer) => IoResult.Failed(ResultCode.EEMODENOTSUPP);

    public ResultCode ShutdownSend() => ResultCode.EEMODENOTSUPP;

    // The end in the words of TLS, then the FIN.
    public async ValueTask<IoResult> ShutdownSendAsync()
    {
        await _decided.Task.ConfigureAwait(false);
        if (_stage is Stage.Open)
        {
            try
            {
                await SendEndAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (IsOfSession(failure))
            {
                return IoResult.Failed(CodeOf(_records.SendFailure));
            }
        }

        var sent = await _before.Sent.ConfigureAwait(false);
        return sent is ResultCode.EESUCCESS
            ? await _socket.ShutdownSendAsync().ConfigureAwait(false)
            : IoResult.Failed(sent);
    }

    public void Abort()
    {
        _socket.Abort();
        Decide(Stage.Aborted);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (!_isAuthenticating) _session.Dispose();
        }

        _socket.Dispose();
        Decide(Stage.Aborted);
    }

    public SocketResult SetOption(SocketOption option) => _socket.SetOption(option);

    public OptionResult GetOption(SocketOptionKind kind) => _socket.GetOption(kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        _socket.SetRawOption(level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) => _socket.GetRawOption(level, name, size);

    public override string ToString() => $"TLS over {_socket}";

    private void Decide(Stage stage)
    {
        lock (_gate)
        {
            if (_stage < stage) _stage = stage;
        }

        _decided.TrySetResult();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> ReadAsync(Memory<byte> buffer)
    {
        if (_stage is Stage.Handshaking) await _decided.Task.ConfigureAwait(false);
        if (_stage is Stage.Aborted) return IoResult.Failed(ResultCode.EEBADF);
        try
        {
            if (_stage is Stage.Failed) return await DropAsync(buffer).ConfigureAwait(false);
            await _records.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                var count = await _session.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                return count == 0 && _records.IsAtEnd && !buffer.IsEmpty
                    ? IoResult.Failed(ResultCode.EETRUNCATED)
                    : IoResult.Moved(count);
            }
            finally
            {
                _records.Turn.Release();
            }
        }
        catch (Exception failure) when (IsOfSession(failure))
        {
            return IoResult.Failed(_records.IsAtEnd ? ResultCode.EETRUNCATED : CodeOf(_records.ReceiveFailure));
        }
    }

    // What looks like bytes of the peer's is none: nobody may take it for some.
    private async ValueTask<IoResult> DropAsync(Memory<byte> buffer)
    {
        var count = await _records.ReceiveAsync(buffer).ConfigureAwait(false);
        buffer.Span[..count].Clear();
        return IoResult.Moved(count);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_stage is Stage.Handshaking) await _decided.Task.ConfigureAwait(false);
        if (_stage is Stage.Aborted) return IoResult.Failed(ResultCode.EEBADF);
        // Dropped, and the connection ends for that cause; a failure here would reset it before the alert is read.
        if (_stage is Stage.Failed) return IoResult.Moved(bytes.Length);
        try
        {
            await _session.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            return IoResult.Moved(bytes.Length);
        }
        catch (Exception failure) when (IsOfSession(failure))
        {
            return IoResult.Failed(CodeOf(_records.SendFailure));
        }
    }

    // Small pieces go in one record, which costs less than one each.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IoResult> GatherAsync(ReadOnlySequence<byte> bytes)
    {
        var gathered = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        try
        {
            bytes.CopyTo(gathered);
            return await WriteAsync(gathered.AsMemory(0, (int)bytes.Length)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(gathered);
        }
    }

    private async Task SendEndAsync()
    {
        Task sending;
        await _records.Turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            sending = _session.ShutdownAsync();
        }
        finally
        {
            _records.Turn.Release();
        }

        await sending.ConfigureAwait(false);
    }

    // SslStream and OpenSSL fail by many exceptions; one of them says that it was called twice at a time, which is a
    // defect.
    private static bool IsOfSession(Exception failure) => failure is not NotSupportedException;

    // The session itself does not say more than that it failed.
    private static ResultCode CodeOf(ResultCode ofSocket) =>
        ofSocket is ResultCode.EESUCCESS ? ResultCode.EETLS : ofSocket;

    private SocketResult Why(Exception failure)
    {
        var code = _records.ReceiveFailure is ResultCode.EESUCCESS ? _records.SendFailure : _records.ReceiveFailure;
        if (code is not ResultCode.EESUCCESS) return new(code, $"the TLS handshake: {code.Text()}");
        if (_records.IsAtEnd) return new(ResultCode.EETLS, "the TLS handshake: the peer has ended the connection");
        var says = new List<string>();
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            says.Add(cause.Message.ReplaceLineEndings(" "));
        return new(ResultCode.EETLS, $"the TLS handshake: {string.Join(": ", says)}");
    }

    private TlsState.Secure SecureBy(TlsSide side)
    {
        var protocol = _session.NegotiatedApplicationProtocol.ToString();
        return new(side.IsServer, _session.SslProtocol, _session.NegotiatedCipherSuite)
        {
            ApplicationProtocol = protocol.Length == 0 ? null : protocol,
            HostName = string.IsNullOrEmpty(_session.TargetHostName) ? null : _session.TargetHostName,
            PeerCertificate = (X509Certificate2?)_session.RemoteCertificate,
        };
    }
}

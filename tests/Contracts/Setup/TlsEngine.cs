using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tls;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>An engine whose connections begin with a handshake: what they carry is encrypted.</summary>
internal sealed class TlsEngine(IEngine engine) : IEngine
{
    private static readonly ConnectionOptions Unused = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    private readonly ConcurrentQueue<Task> _handshakes = [];

    private static X509Certificate2 Certificate { get; } = Make();

    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        var (socket, code) = engine.Listen(endPoint, backlog);
        return socket is null ? code : new Listener(this, socket);
    }

    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        ConnectAsync(endPoint, local: null, timeout, timeProvider, cancellationToken);

    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint,
        EndPoint? local,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var (socket, code) = await engine.ConnectAsync(endPoint, local, timeout, timeProvider, cancellationToken);
        return socket is null ? code : Over(socket, TlsSide.Of(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificate.Equals(shown),
        }));
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private SocketOr<IStreamSocket> Over(IStreamSocket socket, TlsSide side)
    {
        var secure = new TlsStreamSocket(Succession.OfNobody(socket, Unused));
        _handshakes.Enqueue(Task.Run(() => ShakeHandsAsync(secure, side)));
        return secure;
    }

    private static async Task ShakeHandsAsync(TlsStreamSocket secure, TlsSide side)
    {
        var (session, _) = await secure.AuthenticateAsync(side, CancellationToken.None);
        if (session is not null) secure.Open();
        else secure.Fail();
    }

    private sealed class Listener(TlsEngine engine, IListenSocket socket) : IListenSocket
    {
        public EndPoint LocalEndPoint => socket.LocalEndPoint;

        public async ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
        {
            var (accepted, code) = await socket.AcceptAsync(cancellationToken);
            return accepted is null
                ? code
                : engine.Over(accepted, TlsSide.Of(
                    new SslServerAuthenticationOptions { ServerCertificate = Certificate }));
        }

        public SocketResult SetOption(SocketOption option) => socket.SetOption(option);

        public OptionResult GetOption(SocketOptionKind kind) => socket.GetOption(kind);

        public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
            socket.SetRawOption(level, name, value);

        public RawOptionResult GetRawOption(int level, int name, int size) => socket.GetRawOption(level, name, size);

        public void Dispose() => socket.Dispose();
    }
}

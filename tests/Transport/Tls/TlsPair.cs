using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Handoff.Transport.Engine;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tls;

namespace Handoff.Transport.Tests.Tls;

/// <summary>Two ends of a session, over a connection in memory.</summary>
internal sealed class TlsPair : IDisposable
{
    private static readonly ConnectionOptions Options = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    public TlsPair(int bufferSize = 64 * 1024)
    {
        (NearRaw, FarRaw) = new MemoryNetwork(PipeScheduler.ThreadPool, bufferSize).Pair();
        Near = new TlsStreamSocket(Succession.OfNobody(NearRaw, Options));
        Far = new TlsStreamSocket(Succession.OfNobody(FarRaw, Options));
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public static X509Certificate2 Certificate { get; } = Make();

    public static SslServerAuthenticationOptions AsServer => new() { ServerCertificate = Certificate };

    public static SslClientAuthenticationOptions AsClient => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificate.Equals(shown),
    };

    public IStreamSocket NearRaw { get; }

    public IStreamSocket FarRaw { get; }

    /// <summary>The client.</summary>
    public TlsStreamSocket Near { get; }

    /// <summary>The server.</summary>
    public TlsStreamSocket Far { get; }

    public async Task OpenAsync()
    {
        var both = await Task.WhenAll(
            Task.Run(() => Near.AuthenticateAsync(TlsSide.Of(AsClient), CancellationToken.None)),
            Task.Run(() => Far.AuthenticateAsync(TlsSide.Of(AsServer), CancellationToken.None))).WaitAsync(Patience);
        Assert.All(both, end => Assert.True(end.Result.IsSuccess, end.Result.ToString()));
        Near.Open();
        Far.Open();
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

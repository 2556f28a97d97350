using System.Net.Security;
using System.Security.Authentication;

namespace Handoff.Transport.Tls;

// Which side of a handshake, and by which options. They are copies: what whoever made them does with them later
// changes nothing, and what is decided here (no renegotiation, no version before 1.2 unless one is named) does not
// change them.
internal abstract record TlsSide
{
    private const SslProtocols Modern = SslProtocols.Tls12 | SslProtocols.Tls13;

    private TlsSide()
    {
    }

    public abstract bool IsServer { get; }

    // Why no handshake can be tried; null where one can.
    public abstract SocketResult? Unfit { get; }

    public abstract Task AuthenticateAsync(SslStream stream, CancellationToken cancellationToken);

    public static TlsSide Of(SslServerAuthenticationOptions options)
    {
        var copy = Copy(options);
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return new Server(copy);
        copy.AllowRsaPkcs1Padding = options.AllowRsaPkcs1Padding;
        copy.AllowRsaPssPadding = options.AllowRsaPssPadding;
        return new Server(copy);
    }

    public static TlsSide Of(SslClientAuthenticationOptions options)
    {
        var copy = Copy(options);
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return new Client(copy);
        copy.AllowRsaPkcs1Padding = options.AllowRsaPkcs1Padding;
        copy.AllowRsaPssPadding = options.AllowRsaPssPadding;
        return new Client(copy);
    }

    private static SslServerAuthenticationOptions Copy(SslServerAuthenticationOptions options) => new()
    {
        AllowRenegotiation = false,
        AllowTlsResume = options.AllowTlsResume,
        ApplicationProtocols = options.ApplicationProtocols is { } list ? [.. list] : null,
        CertificateChainPolicy = options.CertificateChainPolicy?.Clone(),
        CertificateRevocationCheckMode = options.CertificateRevocationCheckMode,
        CipherSuitesPolicy = options.CipherSuitesPolicy,
        ClientCertificateRequired = options.ClientCertificateRequired,
        EnabledSslProtocols = VersionsOf(options.EnabledSslProtocols),
        EncryptionPolicy = options.EncryptionPolicy,
        RemoteCertificateValidationCallback = options.RemoteCertificateValidationCallback,
        ServerCertificate = options.ServerCertificate,
        ServerCertificateContext = options.ServerCertificateContext,
        ServerCertificateSelectionCallback = options.ServerCertificateSelectionCallback,
    };

    private static SslClientAuthenticationOptions Copy(SslClientAuthenticationOptions options) => new()
    {
        AllowRenegotiation = false,
        AllowTlsResume = options.AllowTlsResume,
        ApplicationProtocols = options.ApplicationProtocols is { } list ? [.. list] : null,
        CertificateChainPolicy = options.CertificateChainPolicy?.Clone(),
        CertificateRevocationCheckMode = options.CertificateRevocationCheckMode,
        CipherSuitesPolicy = options.CipherSuitesPolicy,
        ClientCertificateContext = options.ClientCertificateContext,
        ClientCertificates = options.ClientCertificates is { } certificates ? [.. certificates] : null,
        EnabledSslProtocols = VersionsOf(options.EnabledSslProtocols),
        EncryptionPolicy = options.EncryptionPolicy,
        LocalCertificateSelectionCallback = options.LocalCertificateSelectionCallback,
        RemoteCertificateValidationCallback = options.RemoteCertificateValidationCallback,
        TargetHost = options.TargetHost,
    };

    private static SslProtocols VersionsOf(SslProtocols named) => named is SslProtocols.None ? Modern : named;

    public sealed record Server(SslServerAuthenticationOptions Options) : TlsSide
    {
        public override bool IsServer => true;

        public override SocketResult? Unfit =>
            Options is { ServerCertificate: null, ServerCertificateContext: null }
                and { ServerCertificateSelectionCallback: null }
                ? new(ResultCode.EEINVAL, "a server of TLS needs a certificate, or somebody who chooses one")
                : null;

        public override Task AuthenticateAsync(SslStream stream, CancellationToken cancellationToken) =>
            stream.AuthenticateAsServerAsync(Options, cancellationToken);
    }

    public sealed record Client(SslClientAuthenticationOptions Options) : TlsSide
    {
        public override bool IsServer => false;

        public override SocketResult? Unfit => null;

        public override Task AuthenticateAsync(SslStream stream, CancellationToken cancellationToken) =>
            stream.AuthenticateAsClientAsync(Options, cancellationToken);
    }
}

using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Handoff.Transport.Tls;

namespace Handoff.Transport.Tests.Tls;

// The options are copied by hand: one that a later .NET adds must not be lost without a word.
public sealed class TlsSideTests
{
    private static readonly string[] Decided = ["AllowRenegotiation", "EnabledSslProtocols"];

    [Fact]
    public void Every_option_of_a_server_is_taken_over_but_what_is_decided_here()
    {
        var given = new SslServerAuthenticationOptions();
        AssertCopied(given, () => Assert.IsType<TlsSide.Server>(TlsSide.Of(given)).Options);
    }

    [Fact]
    public void Every_option_of_a_client_is_taken_over_but_what_is_decided_here()
    {
        var given = new SslClientAuthenticationOptions();
        AssertCopied(given, () => Assert.IsType<TlsSide.Client>(TlsSide.Of(given)).Options);
    }

    [Fact]
    public void Nobody_renegotiates_and_whoever_says_nothing_speaks_TLS_1_2_and_1_3()
    {
        var given = new SslClientAuthenticationOptions { AllowRenegotiation = true };
        var client = Assert.IsType<TlsSide.Client>(TlsSide.Of(given)).Options;
        Assert.False(client.AllowRenegotiation);
        Assert.True(given.AllowRenegotiation);
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, client.EnabledSslProtocols);
        var server = new SslServerAuthenticationOptions
        {
            AllowRenegotiation = true,
            EnabledSslProtocols = SslProtocols.Tls12,
        };
        var copy = Assert.IsType<TlsSide.Server>(TlsSide.Of(server)).Options;
        Assert.Equal((false, SslProtocols.Tls12), (copy.AllowRenegotiation, copy.EnabledSslProtocols));
    }

    [Fact]
    public void What_is_done_to_the_options_later_changes_nothing()
    {
        var given = TlsPair.AsServer;
        given.ApplicationProtocols = [SslApplicationProtocol.Http2];
        var side = Assert.IsType<TlsSide.Server>(TlsSide.Of(given));
        given.ApplicationProtocols.Clear();
        given.ServerCertificate = null;
        Assert.Equal([SslApplicationProtocol.Http2], side.Options.ApplicationProtocols);
        Assert.Same(TlsPair.Certificate, side.Options.ServerCertificate);
        Assert.Null(side.Unfit);
        Assert.Equal(ResultCode.EEINVAL, TlsSide.Of(given).Unfit?.Code);
    }

    private static void AssertCopied<T>(T given, Func<T> copy)
    {
        var properties = typeof(T).GetProperties().Where(each => !Decided.Contains(each.Name)).ToArray();
        Assert.NotEmpty(properties);
        foreach (var property in properties)
        {
            var fresh = property.GetValue(given);
            if (Other(property) is not { } other) continue;
            property.SetValue(given, other);
            Assert.NotEqual(fresh, property.GetValue(copy()));
            property.SetValue(given, fresh);
        }
    }

    // A value that is not the default; null where there is none on this system.
    private static object? Other(PropertyInfo property) => property.Name switch
    {
        "AllowRsaPkcs1Padding" or "AllowRsaPssPadding" or "AllowTlsResume" => false,
        "ApplicationProtocols" => new List<SslApplicationProtocol> { SslApplicationProtocol.Http3 },
        "CertificateChainPolicy" => new X509ChainPolicy(),
        "CertificateRevocationCheckMode" => X509RevocationMode.Offline,
        "CipherSuitesPolicy" => OperatingSystem.IsLinux()
            ? new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_256_GCM_SHA384])
            : null,
        "ClientCertificateContext" or "ServerCertificateContext" =>
            SslStreamCertificateContext.Create(TlsPair.Certificate, null, offline: true),
        "ClientCertificateRequired" => true,
        "ClientCertificates" => new X509CertificateCollection { TlsPair.Certificate },
        "EncryptionPolicy" => null, // The others are obsolete.
        "LocalCertificateSelectionCallback" => (LocalCertificateSelectionCallback)(
            static (_, _, _, _, _) => TlsPair.Certificate),
        "RemoteCertificateValidationCallback" => (RemoteCertificateValidationCallback)(
            static (_, shown, _, _) => shown is null),
        "ServerCertificate" => TlsPair.Certificate,
        "ServerCertificateSelectionCallback" => (ServerCertificateSelectionCallback)(
            static (_, _) => TlsPair.Certificate),
        "TargetHost" => "another.example",
        var unknown => throw new InvalidOperationException($"TlsSide does not know {unknown}"),
    };
}

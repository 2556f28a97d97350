using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Handoff.Actors.Tests.Tls;

// Made by the test run and for it: nobody else trusts them.
internal static class Certificates
{
    public static X509Certificate2 Localhost { get; } = For("localhost");

    public static X509Certificate2 Example { get; } = For("game.example");

    public static X509Certificate2 Client { get; } = For("a client");

    public static X509Certificate2 Stranger { get; } = For("a stranger");

    // Without an extension of key usage it is good for a server, for a client, and to be its own root.
    private static X509Certificate2 For(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name.Replace(' ', '-'));
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

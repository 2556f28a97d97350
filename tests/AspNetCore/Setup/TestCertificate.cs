using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Handoff.AspNetCore.Tests.Setup;

// Of nobody, for localhost, made for one test.
internal static class TestCertificate
{
    public static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
    }

    public static bool Is(X509Certificate2 expected, X509Certificate? found) =>
        found?.GetCertHashString() == expected.GetCertHashString();
}

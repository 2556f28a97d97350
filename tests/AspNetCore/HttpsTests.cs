using System.Net;
using Handoff.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Handoff.AspNetCore.Tests;

public sealed class HttpsTests : WebTest
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task TLS_goes_to_an_endpoint_with_HTTPS_which_chooses_the_protocol(string version)
    {
        using var certificate = TestCertificate.Make();
        var application = await StartAsync(
            context => context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Scheme}"),
            kestrel => kestrel.ListenHandoff("https", listen => listen.UseHttps(certificate)),
            names => names.Tls = "https");
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = 
            (_, found, _, _) => TestCertificate.Is(certificate, found);
        using var client = new HttpClient(handler)
        {
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var expected = version == "2.0" ? "HTTP/2 https" : "HTTP/1.1 https";
        Assert.Equal(expected, await client.GetStringAsync(UrlOf(application, "https")).WaitAsync(Patience));
        Assert.Empty(Logs.Lines);
    }
}

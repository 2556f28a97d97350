using System.Net.Security;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Tls;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// With a peer that has nothing in common with this side.
public sealed class OpenSslTests(ITestOutputHelper output) : TlsTestKit(output, virtualTime: false)
{
    [OpenSslFact]
    public async Task The_name_that_it_asks_for_picks_the_certificate()
    {
        Assert.Null(OpenSsl.Missing);
        foreach (var name in new[] { "localhost", "game.example" })
        {
            var (owner, client) = Meet(By(name), null, "-servername", name, "-verify_hostname", name);
            await using var _ = client;
            Assert.Equal(name, owner.ExpectMsg<TlsStarted>().Session.HostName);
            var said = await client.SaysAsync("Verify return code: 0 (ok)");
            Assert.Matches($"subject=CN ?= ?{name.Replace(".", @"\.", StringComparison.Ordinal)}", said);
        }
    }

    [OpenSslFact]
    public async Task Both_agree_on_a_protocol_and_two_owners_talk_with_it_one_after_the_other()
    {
        var server = By("localhost");
        server.ApplicationProtocols = [new SslApplicationProtocol("b"), new SslApplicationProtocol("c")];
        var (owner, client) = Meet(server, null, "-servername", "localhost", "-alpn", "a,b");
        await using var _ = client;
        var started = owner.ExpectMsg<TlsStarted>();
        Assert.Equal("b", started.Session.ApplicationProtocol);
        await client.SaysAsync("ALPN protocol: b");
        await client.TypeAsync("to the first");
        Assert.Equal("to the first\n", await started.Lease.ReadTextAsync(13));
        await started.Lease.WriteAsync("[from the first]");
        await client.SaysAsync("[from the first]");

        var next = CreateTestProbe();
        Release(owner, started.Command.Handle, next);
        var acquired = Take(next);
        await client.TypeAsync("to the next");
        Assert.Equal("to the next\n", await acquired.Lease.ReadTextAsync(12));
        await acquired.Lease.WriteAsync("[from the next]");
        await client.SaysAsync("[from the next]");
        var ending = client.EndAsync();
        Assert.Empty(await acquired.Lease.ReadToEndAsync());
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), next);
        Assert.Equal(0, (await ending).Code);
    }

    [OpenSslFact]
    public async Task It_shows_its_certificate_where_it_is_asked_for()
    {
        var (owner, client) = Meet(OnlyTheClient, Certificates.Client, "-servername", "localhost");
        await using var _ = client;
        var started = owner.ExpectMsg<TlsStarted>();
        Assert.Equal(Certificates.Client, started.Session.PeerCertificate);
        await started.Lease.WriteAsync("[welcome]");
        await client.SaysAsync("[welcome]");
    }

    [OpenSslFact]
    public async Task Without_the_certificate_that_is_wanted_it_is_refused_and_ends_with_a_failure()
    {
        foreach (var shown in new[] { null, Certificates.Stranger })
        {
            var (owner, client) = Meet(OnlyTheClient, shown, "-servername", "localhost", "-ign_eof");
            await using var _ = client;
            Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<TlsFailed>().Result.Code);
            Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<Closed>().Result.Code);

            // On Linux .NET sends no alert for what its own callbacks say: the peer is told by an end that is none of
            // TLS.
            var (code, said) = await client.EndAsync();
            Assert.True(code != 0, said);
        }
    }

    [OpenSslFact]
    public async Task An_actor_that_speaks_a_protocol_starts_TLS_in_the_middle_of_it_and_passes_the_connection_on()
    {
        var next = CreateTestProbe();
        var listening = Listen(CreateTestProbe(), Sys.ActorOf(Props.Create(() => new MailServer(next))));
        await using var client = OpenSsl.Connect(
            listening.EndPoint, client: null, "-starttls", "smtp", "-servername", "localhost", "-crlf");
        var acquired = Take(next);
        Assert.Equal("localhost", SessionOf(acquired.Facts).HostName);
        await client.SaysAsync("Verify return code: 0 (ok)");
        await client.TypeAsync("NOOP");
        Assert.Equal("NOOP\r\n", await acquired.Lease.ReadTextAsync(6));
        await acquired.Lease.WriteAsync("250 in secret\r\n");
        await client.SaysAsync("250 in secret");
    }

    [OpenSslFact]
    public async Task TLS_1_2_is_spoken_with_who_knows_no_other()
    {
        var (owner, client) = Meet(By("localhost"), null, "-servername", "localhost", "-tls1_2");
        await using var _ = client;
        var started = owner.ExpectMsg<TlsStarted>();
        Assert.Equal("Tls12", started.Session.Protocol.ToString());
        await started.Lease.WriteAsync("[old]");
        await client.SaysAsync("[old]");
    }

    [OpenSslFact]
    public async Task Who_wants_to_renegotiate_is_ended()
    {
        var (owner, client) = Meet(By("localhost"), null, "-servername", "localhost", "-tls1_2");
        await using var _ = client;
        owner.ExpectMsg<TlsStarted>();
        await client.SaysAsync("Verify return code: 0 (ok)");
        await client.TypeAsync("R");
        await client.SaysAsync("RENEGOTIATING");
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<Closed>().Result.Code);
    }

    private static SslServerAuthenticationOptions By(string expected) => new()
    {
        ServerCertificateSelectionCallback = (_, name) =>
        {
            Assert.Equal(expected, name);
            return name == "game.example" ? Certificates.Example : Certificates.Localhost;
        },
    };

    private (TestProbe Owner, OpenSsl Client) Meet(
        SslServerAuthenticationOptions server,
        System.Security.Cryptography.X509Certificates.X509Certificate2? shown,
        params string[] arguments)
    {
        var owner = CreateTestProbe();
        var listening = Listen(CreateTestProbe(), owner);
        var client = OpenSsl.Connect(listening.EndPoint, shown, arguments);
        Start(owner, Take(owner, Reading.Lease).Handle, server);
        return (owner, client);
    }
}

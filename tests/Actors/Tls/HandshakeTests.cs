using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Tls;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// What is agreed on, what is not, and who is told.
public sealed class HandshakeTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 100ms", virtualTime: false)
{
    [Fact]
    public async Task A_server_chooses_its_certificate_by_the_name_that_is_asked_for_and_a_protocol_that_both_know()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Assert.Null(acquired.Facts.Tls);
        var start = Start(owner, acquired.Handle, new()
        {
            ServerCertificateSelectionCallback = static (_, name) =>
                name == "game.example" ? Certificates.Example : Certificates.Localhost,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        });
        await using var stream = await ShakeHandsAsync(peer, new()
        {
            TargetHost = "game.example",
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificates.Example.Equals(shown),
        });
        var started = owner.ExpectMsg<TlsStarted>();
        Assert.Same(start, started.Command);
        Assert.Equal(Certificates.Example, stream.RemoteCertificate);
        var session = started.Session;
        Assert.Equal((true, SslProtocols.Tls13, "game.example", "http/1.1"), (
            session.IsServer, session.Protocol, session.HostName, session.ApplicationProtocol));
        Assert.Equal(stream.NegotiatedCipherSuite, session.CipherSuite);
        Assert.Null(session.PeerCertificate);
        Assert.Same(session, StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Tls);

        await SendAsync(stream, "hello");
        Assert.Equal("hello", await started.Lease.ReadTextAsync(5));
        await started.Lease.WriteAsync("and you");
        Assert.Equal("and you", await ReceiveTextAsync(stream, 7));
    }

    [Fact]
    public async Task A_client_asks_for_a_host_and_shows_a_certificate_that_its_server_asks_for()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await using var stream = Over(peer);
        var serving = stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = Certificates.Localhost,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificates.Client.Equals(shown),
        });
        var client = AsClient;
        client.ClientCertificates = [Certificates.Client];
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, client), owner);
        var started = owner.ExpectMsg<TlsStarted>();
        await serving.WaitAsync(Patience);
        Assert.Equal("localhost", stream.TargetHostName);
        Assert.Equal((false, "localhost"), (started.Session.IsServer, started.Session.HostName));
        Assert.Equal(Certificates.Localhost, started.Session.PeerCertificate);
        await started.Lease.WriteAsync("me");
        Assert.Equal("me", await ReceiveTextAsync(stream, 2));
    }

    [Fact]
    public async Task A_client_that_a_server_requires_to_be_known_is_told_to_every_owner()
    {
        var (owner, next) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle, OnlyTheClient());
        var client = AsClient;
        client.ClientCertificates = [Certificates.Client];
        await using var stream = await ShakeHandsAsync(peer, client);
        Assert.Equal(Certificates.Client, owner.ExpectMsg<TlsStarted>().Session.PeerCertificate);
        Release(owner, acquired.Handle, next);
        Assert.Equal(Certificates.Client, SessionOf(next.ExpectMsg<Offered>().Facts).PeerCertificate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_is_not_who_is_wanted_fails_the_handshake_and_the_owner_is_told_why(bool hasOne)
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle, OnlyTheClient());
        var client = AsClient;
        client.ClientCertificates = hasOne ? [Certificates.Stranger] : [];
        await using var stream = Over(peer);

        // With TLS 1.3 a client is done before its server has looked.
        var end = await Record.ExceptionAsync(async () =>
        {
            await stream.AuthenticateAsClientAsync(client).WaitAsync(Patience);
            await ReceiveAsync(stream, 1);
        });
        Assert.IsAssignableFrom<IOException>(end);
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "the TLS handshake: ");
    }

    [Fact]
    public async Task A_server_that_is_not_who_is_wanted_fails_the_handshake()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await using var stream = Over(peer);
        var serving = stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = Certificates.Stranger,
        });

        // Nobody vouches for it, and nothing was said of other certificates than those that the system trusts.
        var start = new StartTls(acquired.Handle, new SslClientAuthenticationOptions { TargetHost = "localhost" });
        acquired.Handle.Socket.Tell(start, owner);
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "certificate");
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await serving.WaitAsync(Patience);
            await ReceiveAsync(stream, 1);
        });
    }

    [Fact]
    public async Task A_callback_that_throws_fails_the_handshake_with_what_it_said()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle, new()
        {
            ServerCertificateSelectionCallback = static (_, name) => throw new InvalidOperationException($"no {name}"),
        });
        await using var stream = Over(peer);
        var shaking = stream.AuthenticateAsClientAsync(AsClient);
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "no localhost");
        await Assert.ThrowsAnyAsync<Exception>(() => shaking.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_speaks_something_else_fails_the_handshake()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle);
        await peer.SendAsync("GET / HTTP/1.1\r\n\r\n");
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "the TLS handshake: ");
    }

    [Fact]
    public async Task A_peer_that_ends_in_the_handshake_fails_it()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle);
        AssertHandshaking(acquired.Handle);
        peer.FinishSending();
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "the peer has ended");
    }

    [Fact]
    public async Task A_peer_that_resets_in_the_handshake_is_said_to_have()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        var start = Start(owner, acquired.Handle);
        AssertHandshaking(acquired.Handle);
        peer.Reset();
        ExpectFailure(owner, acquired, start, ResultCode.EERESET, "the TLS handshake: ");
    }

    [Fact]
    public async Task Versions_before_1_2_are_not_spoken_unless_they_are_named()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle);
        await peer.SendAsync(ClientHello.OfTls10());
        ExpectFailure(owner, acquired, start, ResultCode.EETLS, "the TLS handshake: ");
    }

    [Fact]
    public async Task TLS_1_2_is_spoken_with_who_knows_no_other()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle);
        var client = AsClient;
#pragma warning disable CA5398 // It is what the peer knows.
        client.EnabledSslProtocols = SslProtocols.Tls12;
#pragma warning restore CA5398
        await using var stream = await ShakeHandsAsync(peer, client);
        var started = owner.ExpectMsg<TlsStarted>();
        Assert.Equal(SslProtocols.Tls12, started.Session.Protocol);
        await SendAsync(stream, "old");
        Assert.Equal("old", await started.Lease.ReadTextAsync(3));
    }

    [Fact]
    public async Task What_has_no_certificate_or_has_TLS_already_is_refused_and_nothing_has_happened()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle, new());
        Assert.Equal(ResultCode.EEINVAL, owner.ExpectMsg<Refused>().Result.Code);
        await acquired.Lease.WriteAsync("plain");
        Assert.Equal("plain", await peer.ReceiveTextAsync(5));

        Start(owner, acquired.Handle);
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EEALREADY, owner.ExpectMsg<Refused>().Result.Code);
        await using var stream = await ShakeHandsAsync(peer);
        owner.ExpectMsg<TlsStarted>();
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EEALREADY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task Options_reach_the_socket_before_during_and_after_the_handshake()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle);
        SetNoDelay(isOn: true);
        await using var stream = await ShakeHandsAsync(peer);
        owner.ExpectMsg<TlsStarted>();
        SetNoDelay(isOn: false);

        void SetNoDelay(bool isOn)
        {
            acquired.Handle.Socket.Tell(new SetOption(acquired.Handle, SocketOption.NoDelay(isOn)), owner);
            owner.ExpectMsg<Confirmed>();
            acquired.Handle.Socket.Tell(new GetOption(acquired.Handle, SocketOptionKind.NoDelay), owner);
            Assert.Equal(SocketOption.NoDelay(isOn), owner.ExpectMsg<OptionValue>().Option);
        }
    }

    private static SslServerAuthenticationOptions OnlyTheClient() => new()
    {
        ServerCertificate = Certificates.Localhost,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, shown, _, _) => Certificates.Client.Equals(shown),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    // Once by the answer and once by the end.
    private static void ExpectFailure(
        Akka.TestKit.TestProbe owner, Acquired acquired, StartTls start, ResultCode code, string why)
    {
        var failed = owner.ExpectMsg<TlsFailed>();
        Assert.Same(start, failed.Command);
        Assert.Equal(code, failed.Result.Code);
        Assert.Contains(why, failed.Result.Reason, StringComparison.Ordinal);
        var closed = owner.ExpectMsg<Closed>();
        Assert.Equal((acquired.Handle, code), (closed.Handle, closed.Result.Code));
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
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
        Start(owner, acquired.Handle, OnlyTheClient);
        var client = AsClient;
        client.ClientCertificates = [Certificates.Client];
        await using var stream = await ShakeHandsAsync(peer, client);
        Assert.Equal(Certificates.Client, owner.ExpectMsg<TlsStarted>().Session.PeerCertificate);
        Release(owner, acquired.Handle, next);
        Assert.Equal(Certificates.Client, SessionOf(next.ExpectMsg<Offered>().Facts).PeerCertificate);
    }

    // Certificates may be looked up at the end of the world; a loop of the engine serves other connections, too.
    [Fact]
    public async Task Callbacks_run_on_the_thread_pool()
    {
        // Where the handshake goes on depends on whether the peer was faster: so several times.
        for (var i = 0; i < 20; i++)
        {
            var owner = CreateTestProbe();
            var (acquired, peer) = await OwnAsync(owner);
            using var _ = peer;
            var threads = new List<bool>();
            Start(owner, acquired.Handle, new()
            {
                ClientCertificateRequired = true,
                ServerCertificateSelectionCallback = (_, _) =>
                {
                    threads.Add(Thread.CurrentThread.IsThreadPoolThread);
                    return Certificates.Localhost;
                },
                RemoteCertificateValidationCallback = (_, _, _, _) =>
                {
                    threads.Add(Thread.CurrentThread.IsThreadPoolThread);
                    return threads.Count > 0;
                },
            });
            AssertHandshaking(acquired.Handle);
            await using var stream = await ShakeHandsAsync(peer);
            owner.ExpectMsg<TlsStarted>();
            Assert.Equal([true, true], threads);
        }
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
}

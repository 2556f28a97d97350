using System.Net.Security;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// A handshake that comes to nothing: the owner is told why, which LPC's never was, and the connection closes.
public sealed class HandshakeFailureTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 100ms", virtualTime: false)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_is_not_who_is_wanted_fails_the_handshake_and_the_owner_is_told_why(bool hasOne)
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var start = Start(owner, acquired.Handle, OnlyTheClient);
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

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// A peer that is asked for a handshake and says nothing, or not enough.
public sealed class SilentPeerTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.tls.handshake-timeout = 200ms, handoff.close.timeout = 1d", virtualTime: false)
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    public async Task A_handshake_that_takes_too_long_is_reset_and_the_owner_is_told(int said)
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle);
        await peer.SendAsync(ClientHello.OfTls10().AsMemory(0, said));
        var failed = owner.ExpectMsg<TlsFailed>();
        Assert.Equal(ResultCode.EETIMEDOUT, failed.Result.Code);
        Assert.Contains("handoff.tls.handshake-timeout", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EETIMEDOUT, owner.ExpectMsg<Closed>().Result.Code);
        var gone = await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => peer.ReceiveToEndAsync());
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionReset, gone.SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_socket_that_is_closed_during_the_handshake_waits_for_it_and_no_longer(bool byDeath)
    {
        var (owner, asker) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Watch(acquired.Handle.Socket);
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, AsServer), asker);
        AssertHandshaking(acquired.Handle);
        if (byDeath) Sys.Stop(owner);
        else acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Equal(ResultCode.EETIMEDOUT, asker.ExpectMsg<TlsFailed>().Result.Code);
        ExpectTerminated(acquired.Handle.Socket, Patience);
    }

    [Fact]
    public async Task A_callback_that_does_not_come_back_does_not_hold_the_connection()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        using var stuck = new ManualResetEventSlim();
        Start(owner, acquired.Handle, new()
        {
            ServerCertificateSelectionCallback = (_, _) =>
            {
                stuck.Wait();
                return Certificates.Localhost;
            },
        });
        await using var stream = Over(peer);
        var shaking = stream.AuthenticateAsClientAsync(AsClient);
        Assert.Equal(ResultCode.EETIMEDOUT, owner.ExpectMsg<TlsFailed>().Result.Code);
        Assert.Equal(ResultCode.EETIMEDOUT, owner.ExpectMsg<Closed>().Result.Code);
        await Assert.ThrowsAnyAsync<Exception>(() => shaking.WaitAsync(Patience));
        stuck.Set();
        AwaitCondition(() => Handoff.Owners.Count == 0, Patience);
    }
}

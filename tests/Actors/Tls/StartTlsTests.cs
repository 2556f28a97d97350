using System.Buffers;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// TLS that begins in the middle of a stream: what belongs before it and what behind it (RFC 3207).
public sealed class StartTlsTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 100ms", virtualTime: false)
{
    private const string Ready = "220 go ahead\r\n";

    [Fact]
    public async Task What_was_flushed_goes_out_before_the_handshake_and_the_old_lease_ends()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("STARTTLS\r\n");
        Assert.Equal("STARTTLS\r\n", await acquired.Lease.ReadTextAsync(10));
        await acquired.Lease.WriteAsync(Ready);
        Start(owner, acquired.Handle);
        Assert.Equal(Ready, await peer.ReceiveTextAsync(Ready.Length));
        await using var stream = await ShakeHandsAsync(peer);
        var started = owner.ExpectMsg<TlsStarted>();

        // Whoever still writes to the old one does not write what looks secure, nor what is not.
        var gone = Assert.Throws<SocketFailedException>(() => acquired.Lease!.Output.GetMemory());
        Assert.Equal(ResultCode.EESECURITY, gone.Code);
        Assert.Equal(acquired.Handle.Epoch, started.Lease!.Epoch);
        await SendAsync(stream, "EHLO again\r\n");
        Assert.Equal("EHLO again\r\n", await started.Lease.ReadTextAsync(12));

        // Positions go on: of what was received, the handshake's or not, and of what was written.
        Assert.InRange(started.Lease.ConsumedPosition, 22, long.MaxValue);
        Assert.Equal(14, started.Lease.WrittenPosition);
    }

    [Fact]
    public async Task A_hello_that_came_with_the_last_line_is_the_handshakes()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await using var early = new Early(peer, "STARTTLS\r\n");
        var shaking = early.Stream.AuthenticateAsClientAsync(AsClient);
        var read = await acquired.Lease!.Input.ReadAtLeastAsync(100);
        acquired.Lease.Input.AdvanceTo(read.Buffer.GetPosition(10));
        Start(owner, acquired.Handle);
        await shaking.WaitAsync(Patience);
        owner.ExpectMsg<TlsStarted>();
    }

    [Fact]
    public async Task A_hello_that_was_consumed_and_pushed_back_is_the_handshakes()
    {
        var (owner, next) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await using var early = new Early(peer, "");
        var shaking = early.Stream.AuthenticateAsClientAsync(AsClient);
        var read = await acquired.Lease!.Input.ReadAtLeastAsync(100);
        var hello = read.Buffer.ToArray();
        acquired.Lease.Input.AdvanceTo(read.Buffer.End);
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, next) { PushBack = hello }, owner);
        var second = Take(next);
        owner.ExpectMsg<Released>();
        Start(next, second.Handle);
        await shaking.WaitAsync(Patience);
        next.ExpectMsg<TlsStarted>();
    }

    // CVE-2011-0411: what was sent in the clear behind STARTTLS was taken for the first words of the secure stream.
    [Fact]
    public async Task What_was_slipped_in_behind_the_last_line_fails_the_handshake_and_is_never_read()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await using var early = new Early(peer, "STARTTLS\r\nRSET\r\n");
        var shaking = early.Stream.AuthenticateAsClientAsync(AsClient);
        var read = await acquired.Lease!.Input.ReadAtLeastAsync(100);
        acquired.Lease.Input.AdvanceTo(read.Buffer.GetPosition(10));
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<TlsFailed>().Result.Code);
        await Assert.ThrowsAnyAsync<Exception>(() => shaking.WaitAsync(Patience));
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task What_an_owner_by_messages_did_not_consume_before_is_not_delivered_as_if_it_were_secure()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(8));
        using var _ = peer;
        await peer.SendAsync("STARTTLS\r\nRSET\r\n");
        var plain = ReceiveAll(owner, 16);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 10), owner);
        Start(owner, acquired.Handle);
        Assert.Equal("STARTTLS\r\nRSET\r\n", plain);
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<TlsFailed>().Result.Code);
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task An_owner_by_messages_goes_on_by_messages_and_an_old_Consumed_does_no_harm()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(8));
        using var _ = peer;
        await peer.SendAsync("STARTTLS\r\n");
        ReceiveAll(owner, 10);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 10), owner);
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, Encoding.ASCII.GetBytes(Ready)), owner);
        owner.ExpectMsg<Written>();
        Start(owner, acquired.Handle);
        Assert.Equal(Ready, await peer.ReceiveTextAsync(Ready.Length));
        await using var stream = await ShakeHandsAsync(peer);
        Assert.Null(owner.ExpectMsg<TlsStarted>().Lease);
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, 10), owner);
        await SendAsync(stream, "secret");
        var received = owner.ExpectMsg<Received>();
        Assert.Equal("secret", Encoding.ASCII.GetString(received.Bytes.Span));
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, received.End), owner);
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, received.Bytes), owner);
        Assert.Equal(20, owner.ExpectMsg<Written>().Position);
        Assert.Equal("secret", await ReceiveTextAsync(stream, 6));
    }

    [Fact]
    public async Task While_something_of_the_owners_is_open_TLS_is_refused_and_it_goes_on_in_the_clear()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("open");
        var read = await acquired.Lease!.Input.ReadAtLeastAsync(4);
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        acquired.Lease.Input.AdvanceTo(read.Buffer.End);
        "un"u8.CopyTo(acquired.Lease.Output.GetSpan(2));
        acquired.Lease.Output.Advance(2);
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
        await acquired.Lease.WriteAsync("flushed");
        Assert.Equal("unflushed", await peer.ReceiveTextAsync(9));

        Assert.True(acquired.Lease.Shutdown(System.Net.Sockets.SocketShutdown.Send).IsSuccess);
        Start(owner, acquired.Handle);
        Assert.Equal(ResultCode.EENOTCONN, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task A_Write_that_waits_for_room_keeps_TLS_from_being_started()
    {
        var owner = CreateTestProbe();
        using var narrow = await NarrowConnection.OpenAsync(Handoff, owner);
        narrow.Handle.Socket.Tell(new Write(narrow.Handle, new byte[2 * narrow.Block]), owner);
        Start(owner, narrow.Handle);
        Assert.Equal(ResultCode.EEBUSY, owner.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task Code_outside_actors_starts_it_on_both_ends()
    {
        await using var target = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(
            new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), target.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        await using var server = await target.AcquireNextAsync();
        var plain = client.Lease;
        var both = await Task.WhenAll(client.StartTlsAsync(AsClient), server.StartTlsAsync(AsServer))
            .WaitAsync(Patience);
        Assert.All(both, result => Assert.Equal(SocketResult.Success, result));
        Assert.NotSame(plain, client.Lease);
        Assert.Equal(Certificates.Localhost, SessionOf(client.Facts).PeerCertificate);
        Assert.Equal("localhost", SessionOf(server.Facts).HostName);
        await client.Lease.WriteAsync("over");
        Assert.Equal("over", await server.Lease.ReadTextAsync(4));
        Assert.Equal(ResultCode.EEALREADY, (await server.StartTlsAsync(AsServer)).Code);
    }

    [Fact]
    public async Task Code_outside_actors_hears_why_a_handshake_failed()
    {
        await using var target = await Handoff.OpenTargetAsync();
        await using var listener = await Handoff.ListenAsync(
            new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), target.Ref);
        await using var client = await Handoff.ConnectAsync(listener.EndPoint);
        await using var server = await target.AcquireNextAsync();
        var stranger = AsServer;
        stranger.ServerCertificate = Certificates.Stranger;
        var both = await Task.WhenAll(client.StartTlsAsync(AsClient), server.StartTlsAsync(stranger))
            .WaitAsync(Patience);
        Assert.Equal(ResultCode.EETLS, both[0].Code);
        Assert.Equal(ResultCode.EETLS, (await client.Closed.WaitAsync(Patience)).Code);
    }

    private static string ReceiveAll(Akka.TestKit.TestProbe owner, int count)
    {
        var all = new StringBuilder();
        while (all.Length < count) all.Append(Encoding.ASCII.GetString(owner.ExpectMsg<Received>().Bytes.Span));
        return all.ToString();
    }
}

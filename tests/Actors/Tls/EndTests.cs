using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// How a connection with TLS ends: RFC 8446 section 6.1.
public sealed class EndTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 100ms", virtualTime: false)
{
    [Fact]
    public async Task The_end_that_the_peer_says_is_an_end_and_the_other_way_stays_open()
    {
        var owner = CreateTestProbe();
        var (acquired, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await SendAsync(stream, "last");
        await stream.ShutdownAsync();
        Assert.Equal("last"u8.ToArray(), await started.Lease.ReadToEndAsync());
        await started.Lease.WriteAsync("answer");
        Assert.Equal("answer", await ReceiveTextAsync(stream, 6));
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        Assert.True(owner.ExpectMsg<Closed>().Result.IsSuccess);
    }

    [Fact]
    public async Task An_end_that_this_side_sends_is_said_before_the_fin_and_the_other_way_stays_open()
    {
        var owner = CreateTestProbe();
        var (acquired, started, stream) = await SecureAsync(owner, Reading.Active(4));
        await using var _ = stream;
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, "last"u8.ToArray()), owner);
        acquired.Handle.Socket.Tell(new FinishSending(acquired.Handle), owner);
        Assert.Equal("last", await ReceiveTextAsync(stream, 4));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        await SendAsync(stream, "more");
        var received = owner.FishForMessage<Received>(_ => true, Patience);
        Assert.Equal("more", Encoding.ASCII.GetString(received.Bytes.Span));
        acquired.Handle.Socket.Tell(new Consumed(acquired.Handle, received.End), owner);
        await stream.ShutdownAsync();
        Assert.Equal(received.End, owner.ExpectMsg<PeerFinished>().Position);
        Assert.True(owner.ExpectMsg<Closed>().Result.IsSuccess);
        Assert.NotNull(started);
    }

    [Fact]
    public async Task A_fin_that_TLS_did_not_announce_is_told_after_the_last_byte_as_a_truncation()
    {
        var owner = CreateTestProbe();
        var (_, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await SendAsync(stream, "half a mess");
        await stream.FlushAsync();
        PeerOf(stream).Shutdown(SocketShutdown.Send);
        Assert.Equal("half a mess", await started.Lease.ReadTextAsync(11));
        var cut = await Assert.ThrowsAsync<SocketFailedException>(
            () => started.Lease!.Input.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(ResultCode.EETRUNCATED, cut.Code);
        Assert.Equal(ResultCode.EETRUNCATED, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_fin_in_the_middle_of_a_record_is_a_truncation_too()
    {
        var owner = CreateTestProbe();
        var (_, _, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await PeerOf(stream).SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 });
        PeerOf(stream).Shutdown(SocketShutdown.Send);
        Assert.Equal(ResultCode.EETRUNCATED, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_record_that_is_not_the_peers_ends_the_connection_and_nothing_of_it_is_read()
    {
        var owner = CreateTestProbe();
        var (_, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await SendAsync(stream, "true");
        Assert.Equal("true", await started.Lease.ReadTextAsync(4));
        byte[] forgery = [23, 3, 3, 0, 40, .. new byte[40]];
        await PeerOf(stream).SendAsync(forgery);
        var forged = await Assert.ThrowsAsync<SocketFailedException>(
            () => started.Lease!.Input.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(ResultCode.EETLS, forged.Code);
        Assert.Equal(ResultCode.EETLS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_reset_is_a_reset()
    {
        var owner = CreateTestProbe();
        var (_, started, stream) = await SecureAsync(owner);
        PeerOf(stream).LingerState = new LingerOption(enable: true, seconds: 0);
        PeerOf(stream).Dispose();
        Assert.Equal(ResultCode.EERESET, owner.ExpectMsg<Closed>().Result.Code);
        Assert.NotNull(started.Lease);
    }

    [Fact]
    public async Task An_abort_is_a_reset_and_no_end()
    {
        var owner = CreateTestProbe();
        var (acquired, _, stream) = await SecureAsync(owner);
        await using var _ = stream;
        acquired.Handle.Socket.Tell(new Abort(acquired.Handle), owner);
        Assert.Equal(ResultCode.EEABORTED, owner.ExpectMsg<Closed>().Result.Code);
        var gone = await Assert.ThrowsAsync<IOException>(() => ReceiveAsync(stream, 1));
        Assert.Equal(
            SocketError.ConnectionReset, Assert.IsType<SocketException>(gone.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task An_owner_that_stops_leaves_what_was_accepted_and_the_end_to_be_sent()
    {
        var owner = CreateTestProbe();
        var (_, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await started.Lease.WriteAsync("last words");
        Sys.Stop(owner);
        Assert.Equal("last words", await ReceiveTextAsync(stream, 10));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
    }

    // A record that is begun and not ended must not hold a connection that is closing.
    [Fact]
    public async Task A_peer_that_stops_in_the_middle_of_a_record_is_lingered_for_and_then_left()
    {
        var owner = CreateTestProbe();
        var (acquired, _, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await PeerOf(stream).SendAsync(new byte[] { 23, 3, 3, 0, 100, 1, 2, 3 });
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.True(owner.ExpectMsg<Closed>().Result.IsSuccess);
    }
}

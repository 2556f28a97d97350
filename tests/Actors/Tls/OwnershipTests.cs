using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tls;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Tls;

// Who owns a connection with TLS, and whoever wants it, before, during and after the handshake.
public sealed class OwnershipTests(ITestOutputHelper output)
    : TlsTestKit(output, "handoff.close.linger = 100ms", virtualTime: false)
{
    [Fact]
    public async Task T60_a_connection_moves_before_and_after_its_handshake_and_the_peer_sees_one_session()
    {
        var owners = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToArray();
        var (first, peer) = await OwnAsync(owners[0]);
        using var _ = peer;
        Release(owners[0], first.Handle, owners[1]);
        var second = Take(owners[1]);
        Start(owners[1], second.Handle);

        // During it nobody may have it.
        Release(owners[1], second.Handle, owners[2]);
        Assert.Equal(ResultCode.EEBUSY, owners[1].ExpectMsg<Refused>().Result.Code);
        AssertHandshaking(second.Handle);
        await using var stream = await ShakeHandsAsync(peer);
        var started = owners[1].ExpectMsg<TlsStarted>();
        await SendAsync(stream, "onetwo");
        Assert.Equal("one", await started.Lease.ReadTextAsync(3));

        Release(owners[1], second.Handle, owners[2]);
        var offered = owners[2].ExpectMsg<Offered>();
        Assert.Same(started.Session, offered.Facts.Tls);
        Assert.Equal(3, offered.Facts.Unread);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, owners[2]), owners[2]);
        var third = owners[2].ExpectMsg<Acquired>();
        Assert.Equal((3L, 3L), (third.Handle.Epoch, third.Consumed));
        Assert.Equal("two", await third.Lease.ReadTextAsync(3));
        await third.Lease.WriteAsync("three");
        Assert.Equal("three", await ReceiveTextAsync(stream, 5));
        Assert.Equal(ResultCode.EESECURITY, Assert.Throws<SocketFailedException>(
            () => started.Lease!.Output.GetMemory()).Code);

        var history = StatusOf(CreateTestProbe(), third.Handle.Socket).History;
        Assert.Equal(
            owners.Select(owner => owner.Ref),
            history.Select(each => each.Owner).OfType<IActorRef>().Distinct());
        Assert.Equal(history.Select(each => each.At).Order(), history.Select(each => each.At));
    }

    [Fact]
    public async Task An_offer_of_a_secure_connection_that_nobody_takes_leaves_its_owner_the_session()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        await SendAsync(stream, "meanwhile");
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal("meanwhile", await started.Lease.ReadTextAsync(9));
        await started.Lease.WriteAsync("still");
        Assert.Equal("still", await ReceiveTextAsync(stream, 5));
    }

    [Fact]
    public async Task No_command_but_those_that_end_it_is_carried_out_during_the_handshake()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner, Reading.Passive);
        using var _ = peer;
        Start(owner, acquired.Handle);
        object[] commands =
        [
            new Write(acquired.Handle, new byte[1]), new Consumed(acquired.Handle, 0),
            new FinishSending(acquired.Handle), new ReadBy(acquired.Handle, Reading.Lease),
            new Shutdown(acquired.Handle, SocketShutdown.Send), new ReadDurably(acquired.Handle, IsOn: true),
            new Keep(acquired.Handle, "key"), new Unsplice(acquired.Handle), new Give(acquired.Handle),
        ];
        foreach (var command in commands)
        {
            acquired.Handle.Socket.Tell(command, owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EEBUSY), (refused.Command, refused.Result.Code));
        }

        await using var stream = await ShakeHandsAsync(peer);
        owner.ExpectMsg<TlsStarted>();
        acquired.Handle.Socket.Tell(new Write(acquired.Handle, Encoding.ASCII.GetBytes("now")), owner);
        Assert.Equal("now", await ReceiveTextAsync(stream, 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_heir_that_comes_during_the_handshake_writes_and_reads_once_it_is_over(bool byLease)
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, heir), owner);
        owner.ExpectMsg<Confirmed>();
        Start(owner, acquired.Handle);
        Sys.Stop(owner);
        var offered = heir.ExpectMsg<Offered>();
        Assert.IsType<TlsState.Handshaking>(offered.Facts.Tls);
        var acquire = new Acquire(offered.Offer, heir) { Reading = byLease ? Reading.Lease : Reading.Passive };
        offered.Offer.Socket.Tell(acquire, heir);
        var second = heir.ExpectMsg<Acquired>();
        if (byLease) await second.Lease.WriteAsync("early");
        await using var stream = await ShakeHandsAsync(peer);
        var started = heir.ExpectMsg<TlsStarted>();
        Assert.Null(started.Lease);
        if (!byLease) second.Handle.Socket.Tell(new Write(second.Handle, "early"u8.ToArray()), heir);
        Assert.Equal("early", await ReceiveTextAsync(stream, 5));
        Assert.Same(started.Session, StatusOf(CreateTestProbe(), second.Handle.Socket).Facts.Tls);
    }

    [Fact]
    public async Task An_owner_that_is_restarted_during_the_handshake_goes_on_and_is_told_when_it_is_over()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle);
        var again = Reattach(owner, acquired.Handle);
        Assert.IsType<TlsState.Handshaking>(again.Facts.Tls);
        await using var stream = await ShakeHandsAsync(peer);
        owner.ExpectMsg<TlsStarted>();
        await again.Lease.WriteAsync("back");
        Assert.Equal("back", await ReceiveTextAsync(stream, 4));
    }

    [Fact]
    public async Task A_restarted_owner_takes_the_session_up_and_what_was_not_consumed_is_read_again()
    {
        var owner = CreateTestProbe();
        var (acquired, started, stream) = await SecureAsync(owner);
        await using var _ = stream;
        await SendAsync(stream, "read twice");
        var open = await started.Lease!.Input.ReadAtLeastAsync(10);
        Assert.Equal(10, open.Buffer.Length);
        var again = Reattach(owner, acquired.Handle);
        Assert.Same(started.Session, again.Facts.Tls);
        Assert.Equal("read twice", await again.Lease.ReadTextAsync(10));
    }

    [Theory]
    [InlineData("Close")]
    [InlineData("Abort")]
    [InlineData("death")]
    [InlineData("the end of its actor")]
    public async Task Whatever_ends_the_connection_during_the_handshake_ends_it_in_time_and_answers(string how)
    {
        var (owner, asker) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Watch(acquired.Handle.Socket);
        acquired.Handle.Socket.Tell(new StartTls(acquired.Handle, AsServer), asker);
        AssertHandshaking(acquired.Handle);
        if (how == "death") Sys.Stop(owner);
        else if (how == "Close") acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        else if (how == "Abort") acquired.Handle.Socket.Tell(new Abort(acquired.Handle), owner);
        else Sys.Stop(acquired.Handle.Socket);
        peer.FinishSending();
        Assert.False(asker.ExpectMsg<TlsFailed>().Result.IsSuccess);
        if (how != "death") owner.ExpectMsg<Closed>();
        ExpectTerminated(acquired.Handle.Socket, Patience);
    }

    [Fact]
    public async Task A_close_during_the_handshake_lets_it_come_to_its_end_and_ends_the_session()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Start(owner, acquired.Handle);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        await using var stream = await ShakeHandsAsync(peer);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience));
        Assert.Equal(ResultCode.EEBADF, owner.ExpectMsg<TlsFailed>().Result.Code);
        owner.ExpectMsg<Closed>();
    }

    [Fact]
    public async Task A_secure_connection_is_lent_and_comes_back()
    {
        var (owner, borrower) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, _, stream) = await SecureAsync(owner);
        await using var _ = stream;
        var lends = new Release(acquired.Handle, borrower) { LoanFor = TimeSpan.FromMinutes(1) };
        acquired.Handle.Socket.Tell(lends, owner);
        var lent = Take(borrower);
        owner.ExpectMsg<Released>();
        await lent.Lease.WriteAsync("lent");
        Assert.Equal("lent", await ReceiveTextAsync(stream, 4));
        lent.Handle.Socket.Tell(new Return(lent.Handle), borrower);
        owner.ExpectMsg<Returned>();
        var back = owner.ExpectMsg<Acquired>();
        await SendAsync(stream, "back");
        Assert.Equal("back", await back.Lease.ReadTextAsync(4));
    }
}

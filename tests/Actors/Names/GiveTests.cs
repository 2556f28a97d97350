using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// NetIPC's IPCGIVE and IPCGET between the actors of one system: T53, T54 and T55.
public sealed class GiveTests(ITestOutputHelper output) : NameTestKit(output)
{
    [Fact]
    public async Task T53_a_socket_given_under_a_name_is_got_once_with_its_unread_bytes()
    {
        var (giver, taker) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("hello");
        Assert.Equal("he", await first.Lease.ReadTextAsync(2));
        var (give, name) = Give(giver, new Give(first.Handle, "Login") { Attachment = "parsed" });
        Assert.Equal("Login", name);
        var second = Got(taker, "lOGIN");
        Assert.Equal(("parsed", 2L, 2L), (second.Attachment, second.Consumed, second.Handle.Epoch));
        var released = giver.ExpectMsg<Released>();
        Assert.Equal((give, taker.Ref), (released.Release, released.Owner));
        Assert.Equal("llo", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync("bye");
        Assert.Equal("bye", await peer.ReceiveTextAsync(3));
        GetsNothing(CreateTestProbe(), "login");
        giver.ExpectNoMsg(TimeSpan.Zero);
        taker.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_giver_loses_access_at_once()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        foreach (var command in new object[]
        {
            new Shutdown(first.Handle, System.Net.Sockets.SocketShutdown.Send), new Give(first.Handle, "y"),
            new Release(first.Handle, giver),
        })
        {
            first.Handle.Socket.Tell(command, giver);
            Refuses(giver, command, ResultCode.EESOCKRLSD);
        }

        var refused = await Assert.ThrowsAsync<SocketFailedException>(
            async () => await first.Lease!.Output.WriteAsync(new byte[1]));
        Assert.Equal(ResultCode.EESOCKRLSD, refused.Result.Code);
        var status = StatusOf(giver, first.Handle.Socket);
        Assert.Equal(("Given", "x", 2L), (status.State, status.Name, status.Offer));
    }

    [Fact]
    public async Task T54_a_name_that_is_taken_is_refused_in_any_case_and_free_after_a_get()
    {
        var (giver, other) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer1) = await OwnAsync(giver);
        var (second, peer2) = await OwnAsync(other);
        using var _ = peer1;
        using var __ = peer2;
        Give(giver, first.Handle, "door");
        var again = new Give(second.Handle, "DOOR");
        second.Handle.Socket.Tell(again, other);
        Refuses(other, again, ResultCode.EENAMEINUSE);
        Got(CreateTestProbe(), "door");
        Give(other, second.Handle, "DOOR");
    }

    [Theory]
    [InlineData("0123456789abcdef", null)]
    [InlineData("0123456789abcdefg", ResultCode.EENAMETOOLONG)]
    [InlineData("", ResultCode.EENAMETOOLONG)]
    [InlineData("two words", ResultCode.EEBADDATA)]
    [InlineData("tür", ResultCode.EEBADDATA)]
    [InlineData("ürürürürürü", ResultCode.EENAMETOOLONG)]
    public async Task T54_a_name_has_1_to_16_bytes_and_no_blanks(string name, ResultCode? code)
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = new Give(first.Handle, name);
        first.Handle.Socket.Tell(give, giver);
        if (code is { } refused) Refuses(giver, give, refused);
        else giver.ExpectMsg<Given>();
        if (code is { } bad) GetsNothing(CreateTestProbe(), name, bad);
        else Got(CreateTestProbe(), name);
    }

    [Fact]
    public async Task T54_without_a_name_one_of_8_characters_is_drawn_that_nobody_can_list()
    {
        HashSet<string> names = [];
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        for (var i = 0; i < 50; i++)
        {
            var (give, name) = Give(giver, first.Handle);
            Assert.Matches("^[a-z0-9]{8}$", name);
            Assert.True(names.Add(name));
            Assert.Null(Assert.Single(Names()).Name);
            Assert.Null(StatusOf(giver, first.Handle.Socket).Name);
            first.Handle.Socket.Tell(new Revoke(first.Handle, give), giver);
            giver.ExpectMsg<ReleaseFailed>();
        }

        Got(CreateTestProbe(), Give(giver, first.Handle).Name);
    }

    [Fact]
    public async Task T54_at_the_deadline_the_giver_has_it_back_and_the_name_is_free()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var (give, _) = Give(giver, new Give(first.Handle, "x") { Within = TimeSpan.FromSeconds(7) });
        Time.Advance(TimeSpan.FromSeconds(6.9));
        giver.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(TimeSpan.FromSeconds(0.2));
        Failed(giver, give, OfferOutcome.TimedOut);
        GetsNothing(CreateTestProbe(), "x");
        await first.Lease.WriteAsync("still mine");
        Assert.Equal("still mine", await peer.ReceiveTextAsync(10));
        Give(giver, first.Handle, "x");
    }

    [Fact]
    public async Task T54_a_give_that_is_revoked_frees_its_name()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var (give, name) = Give(giver, first.Handle, "x");
        first.Handle.Socket.Tell(new Revoke(first.Handle, give), giver);
        Failed(giver, give, OfferOutcome.Revoked);
        GetsNothing(CreateTestProbe(), name);
        Give(giver, first.Handle, "x");
    }

    [Fact]
    public async Task T54_a_given_socket_that_is_closed_frees_its_name()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var (give, name) = Give(giver, first.Handle, "x");
        first.Handle.Socket.Tell(new Close(first.Handle), giver);
        Failed(giver, give, OfferOutcome.Closed);
        giver.ExpectMsg<Closed>();
        Assert.Empty(await peer.ReceiveToEndAsync());
        GetsNothing(CreateTestProbe(), name);
    }

    [Fact]
    public async Task What_was_pushed_back_is_the_takers_first()
    {
        var (giver, taker) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("abc");
        Assert.Equal("ab", await first.Lease.ReadTextAsync(2));
        Give(giver, new Give(first.Handle, "x") { PushBack = "b"u8.ToArray() });
        var second = Got(taker, "x");
        Assert.Equal("bc", await second.Lease.ReadTextAsync(2));
    }

    [Fact]
    public async Task An_end_that_comes_while_it_is_given_is_the_takers()
    {
        var (giver, taker) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        Give(giver, first.Handle, "x");
        await peer.SendAsync("last words");
        peer.FinishSending();
        var second = Got(taker, "x");
        Assert.Equal("last words", System.Text.Encoding.ASCII.GetString(await second.Lease.ReadToEndAsync()));
        peer.Dispose();
    }

    [Fact]
    public void A_listener_is_given_like_a_connection()
    {
        var (giver, taker) = (CreateTestProbe(), CreateTestProbe());
        var listening = Listen(giver, acceptor: giver);
        Give(giver, listening.Handle, "front");
        Assert.Equal(listening.EndPoint, Got(taker, "front").Facts.Local);
        giver.ExpectMsg<Released>();
    }

    [Fact]
    public async Task A_loan_has_no_name()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = new Give(first.Handle, "x") { LoanFor = TimeSpan.FromSeconds(1) };
        first.Handle.Socket.Tell(give, giver);
        Refuses(giver, give, ResultCode.EEBADDATA);
        Assert.Empty(Names());
    }

    private static void Failed(TestProbe giver, Give give, OfferOutcome why)
    {
        var failed = giver.ExpectMsg<ReleaseFailed>();
        Assert.Equal(
            (give, why, ResultCode.EESOCKNOTRLSD), (failed.Release, failed.Outcome, failed.Result.Code));
    }
}

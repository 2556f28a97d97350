using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class ReleaseToProcessTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    [Fact]
    public async Task A_service_of_another_process_owns_what_it_acquires_from_its_first_unread_byte_on()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("hello");
        Assert.Equal("he", await first.Lease.ReadTextAsync(2));
        await first.Lease.WriteAsync("abc");
        var release = Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        Assert.Null(offered.From);
        Assert.Equal(Environment.ProcessId, offered.Process?.ProcessId);
        Assert.Equal(
            (SocketKind.Connection, "tcp", peer.Socket.LocalEndPoint, 3L),
            (offered.Facts.Kind, offered.Facts.Transport, offered.Facts.Remote, offered.Facts.Unread));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var second = service.ExpectMsg<Acquired>();
        Assert.Same(release, owner.ExpectMsg<Released>().Release);
        Assert.Equal((2L, 3L, 1L), (second.Consumed, second.Written, second.Handle.Epoch));
        Assert.Equal("llo", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync("def");
        Assert.Equal("abcdef", await peer.ReceiveTextAsync(6));
        await peer.SendAsync("more");
        Assert.Equal("more", await second.Lease.ReadTextAsync(4));
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_old_process_is_no_part_of_it_any_more()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        owner.Watch(first.Handle.Socket);
        Release(owner, first.Handle, Peer("login", service));
        var second = Take(service);
        owner.ExpectMsg<Released>();
        owner.ExpectTerminated(first.Handle.Socket);
        await Assert.ThrowsAsync<SocketFailedException>(() => first.Lease.WriteAsync("no"));
        second.Handle.Socket.Tell(new Close(second.Handle), service);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.FinishSending();
        Assert.True(service.ExpectMsg<Closed>().Result.IsSuccess);
    }

    [Fact]
    public async Task A_service_that_declines_leaves_the_connection_with_its_owner_and_its_lease()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("hello");
        var release = Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, service, "full house"), service);
        Assert.Contains("full house", Reverted(owner, release));
        Assert.Equal("hello", await first.Lease.ReadTextAsync(5));
        await first.Lease.WriteAsync("hi");
        Assert.Equal("hi", await peer.ReceiveTextAsync(2));
    }

    [Theory]
    [InlineData("there is no service 'login'", true)]
    [InlineData("is not reached", false)]
    public async Task Where_nobody_answers_the_owner_is_told_who_was_not_there(string why, bool isThere)
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var path = isThere ? Other.Open("mail", service) : Path.Combine(DirectoryPath, "nobody.sock");
        var release = Release(owner, first.Handle, PeerAt(path, "login"));
        Assert.Contains(why, Reverted(owner, release));
        await first.Lease.WriteAsync("hi");
        Assert.Equal("hi", await peer.ReceiveTextAsync(2));
    }

    [Fact]
    public async Task A_release_that_is_revoked_while_the_service_is_asked_is_withdrawn_there()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, first.Handle, Peer("login", service));
        var offered = service.ExpectMsg<Offered>();
        first.Handle.Socket.Tell(new Revoke(first.Handle, release), owner);
        Reverted(owner, release);
        Assert.Equal(offered.Offer, service.ExpectMsg<Withdrawn>().Offer);
        var acquire = new Acquire(offered.Offer, service);
        offered.Offer.Socket.Tell(acquire, service);
        await first.Lease.WriteAsync("hi");
        Assert.Equal("hi", await peer.ReceiveTextAsync(2));
    }

    [Theory]
    [InlineData("a text")]
    [InlineData(null)]
    public async Task What_the_owner_sends_along_comes_too(string? text)
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = new Release(first.Handle, Peer("login", service)) { Attachment = text };
        first.Handle.Socket.Tell(release, owner);
        var offered = service.ExpectMsg<Offered>();
        Assert.Equal(text, offered.Attachment);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        Assert.Equal(text, service.ExpectMsg<Acquired>().Attachment);
    }

    [Fact]
    public async Task An_attachment_that_nobody_declared_is_refused_before_anything_is_offered()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = new Release(first.Handle, Peer("login", service)) { Attachment = new Version(1, 2) };
        first.Handle.Socket.Tell(release, owner);
        Assert.Contains("System.Version", Reverted(owner, release));
        service.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_loan_does_not_leave_its_process()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var loan = new Release(first.Handle, Peer("login", service)) { LoanFor = TimeSpan.FromSeconds(5) };
        first.Handle.Socket.Tell(loan, owner);
        Assert.Contains("loan", Reverted(owner, loan));
    }

    [Fact]
    public async Task What_has_ended_on_one_side_goes_on_so()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("last");
        peer.FinishSending();
        Assert.Equal("la", await first.Lease.ReadTextAsync(2));
        Release(owner, first.Handle, Peer("login", service));
        var second = Take(service);
        Assert.Equal("st", System.Text.Encoding.ASCII.GetString(await second.Lease.ReadToEndAsync()));
        await second.Lease.WriteAsync("bye");
        await second.Lease!.Output.CompleteAsync();
        Assert.Equal("bye", System.Text.Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
    }
}

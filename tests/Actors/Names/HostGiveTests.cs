using Akka.Actor;
using Handoff.Actors.Tests.Policies;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Names;

// NetIPC's rules where giver and taker are two processes: T53, T54 and T55.
public sealed class HostGiveTests(ITestOutputHelper output)
    : HostNameTestKit(output, "handoff.processes.max-names = 2\n")
{
    [Fact]
    public async Task T53_a_socket_given_to_the_host_is_got_once_by_another_process_with_its_unread_bytes()
    {
        var (giver, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("hello");
        Assert.Equal("he", await first.Lease.ReadTextAsync(2));
        var give = new Give(first.Handle, "Login") { Scope = NameScope.Host, Attachment = "note" };
        Give(giver, give);
        var second = Got(Other.Sockets, taker, "login");
        var released = giver.ExpectMsg<Released>();
        Assert.Equal((give, Handoff.Processes), (released.Release, released.Owner));
        Assert.Equal(("note", 2L), (second.Attachment, second.Consumed));
        Assert.Equal("llo", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync("hi");
        Assert.Equal("hi", await peer.ReceiveTextAsync(2));
        GetsNothing(Other.Sockets, taker, "login");
        GetsNothing(Handoff, CreateTestProbe(), "login");
        await Assert.ThrowsAsync<SocketFailedException>(() => first.Lease.WriteAsync("no"));
    }

    [Fact]
    public async Task T54_a_name_is_one_process_at_a_time_in_any_case_and_whoever_is_refused_goes_on_with_its_socket()
    {
        var (giver, far) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        var (second, other) = await OwnAsync(far);
        using var _ = peer;
        using var __ = other;
        Give(giver, first.Handle, "x");
        var there = Other.CreateTestProbe();
        Give(far, second.Handle, "y");
        var moved = Got(Other.Sockets, there, "y");
        far.ExpectMsg<Released>();
        var twice = new Give(moved.Handle, "X") { Scope = NameScope.Host };
        moved.Handle.Socket.Tell(twice, there);
        Assert.Contains($"{Environment.ProcessId}", Refuses(there, twice, ResultCode.EENAMEINUSE));
        await moved.Lease.WriteAsync("still");
        Assert.Equal("still", await other.ReceiveTextAsync(5));
        Got(Handoff, CreateTestProbe(), "x");
        giver.ExpectMsg<Released>();
        Give(there, moved.Handle, "X");
        Got(Handoff, CreateTestProbe(), "x");
    }

    [Fact]
    public async Task T54_a_drawn_name_is_a_secret_that_no_process_can_list_and_all_can_get()
    {
        var (giver, taker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var name = Give(giver, first.Handle).Name;
        Assert.Equal(8, name.Length);
        Assert.Empty(Names(Other.Sockets, taker).Elsewhere);
        Got(Other.Sockets, taker, name);
    }

    [Fact]
    public async Task What_is_given_to_the_host_is_listed_there_with_its_process_and_what_is_given_here_is_not()
    {
        var (giver, asker) = (CreateTestProbe(), Other.CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        var (second, other) = await OwnAsync(giver);
        using var _ = peer;
        using var __ = other;
        Give(giver, first.Handle, "Public");
        Give(giver, new Give(second.Handle, "own"));
        var all = Names(Other.Sockets, asker);
        Assert.Empty(all.Sockets);
        Assert.Equal([new GivenElsewhere("Public", Environment.ProcessId)], all.Elsewhere);
        Assert.Empty(Names(Other.Sockets, asker, GetNames.Instance).Elsewhere);
        var own = Names(Handoff, giver);
        Assert.Empty(own.Elsewhere);
        Assert.Equal(["Public", "own"], own.Sockets.Select(given => given.Name!));
        GetsNothing(Other.Sockets, asker, "own");
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("deadline")]
    [InlineData("close")]
    public async Task T54_a_give_that_ends_without_a_get_frees_its_name_for_every_process(string how)
    {
        var (giver, other) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var within = TimeSpan.FromMilliseconds(how == "deadline" ? 50 : 30_000);
        var give = new Give(first.Handle, "x") { Scope = NameScope.Host, Within = within };
        Give(giver, give);
        if (how == "revoke") first.Handle.Socket.Tell(new Revoke(first.Handle, give), giver);
        if (how == "close") first.Handle.Socket.Tell(new Close(first.Handle), giver);
        Assert.Same(give, giver.ExpectMsg<ReleaseFailed>().Release);
        GetsNothing(Other.Sockets, Other.CreateTestProbe(), "x");
        Assert.Empty(Directory.GetFiles(Path.Combine(DirectoryPath, "names")));
    }

    [Fact]
    public async Task T55_a_giver_that_dies_first_closes_the_socket_and_frees_the_name_of_the_host()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        Sys.Stop(giver);
        Assert.Empty(await peer.ReceiveToEndAsync());
        GetsNothing(Other.Sockets, Other.CreateTestProbe(), "x");
        Assert.Empty(Directory.GetFiles(Path.Combine(DirectoryPath, "names")));
    }

    [Fact]
    public async Task T55_a_giver_that_dies_first_leaves_what_it_gave_to_the_host_to_the_heir_of_the_give()
    {
        var (giver, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        await peer.SendAsync("estate");
        Give(giver, new Give(first.Handle, "x") { Scope = NameScope.Host, Heir = heir });
        Sys.Stop(giver);
        Assert.Equal("estate", await Take(heir).Lease.ReadTextAsync(6));
        GetsNothing(Other.Sockets, Other.CreateTestProbe(), "x");
    }

    [Fact]
    public async Task T55_more_names_than_the_directory_may_have_are_an_error_of_their_own()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        var (second, other) = await OwnAsync(giver);
        var (third, last) = await OwnAsync(giver);
        using var _ = peer;
        using var __ = other;
        using var ___ = last;
        Give(giver, first.Handle, "a");
        Give(giver, second.Handle);
        var full = new Give(third.Handle, "c") { Scope = NameScope.Host };
        third.Handle.Socket.Tell(full, giver);
        Assert.Contains("max-names", Refuses(giver, full, ResultCode.EEGIVETABLEFULL));
        await last.SendAsync("on");
        Assert.Equal("on", await third.Lease.ReadTextAsync(2));
        Got(Other.Sockets, Other.CreateTestProbe(), "a");
        giver.ExpectMsg<Released>();
        Give(giver, third.Handle, "c");
    }

    [Fact]
    public async Task What_cannot_leave_its_process_is_refused_before_it_is_given_and_its_name_is_free()
    {
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        var give = new Give(first.Handle, "x") { Scope = NameScope.Host, Attachment = new Odd() };
        first.Handle.Socket.Tell(give, giver);
        Refuses(giver, give, ResultCode.EEMODENOTSUPP);
        await first.Lease.WriteAsync("on");
        Assert.Equal("on", await peer.ReceiveTextAsync(2));
        Give(giver, first.Handle, "x");
    }

    [Fact]
    public async Task Policy_is_asked_which_process_gets_and_what_it_refuses_stays_given()
    {
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        policy.RefuseIf(question => question.Process is not null);
        Give(giver, first.Handle, "x");
        GetsNothing(Other.Sockets, Other.CreateTestProbe(), "x", ResultCode.EESECURITY);
        var question = policy.Questions.Last();
        Assert.Equal(
            (true, Environment.ProcessId, "x", giver.Ref),
            (question.Does(SocketOperations.Get), question.Process?.ProcessId, question.Name, question.Owner));
        Got(Handoff, CreateTestProbe(), "x");
    }

    [Fact]
    public async Task What_a_process_has_got_nobody_finds_any_more_though_its_giver_does_not_know_it_yet()
    {
        using var barrier = new ManualResetEventSlim();
        var policy = new TestPolicy();
        Handoff.UsePolicy(policy);
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");

        // Once it has heard of the get, its actor stands still.
        policy.RefuseIf(question =>
        {
            if (question.Process is null) return !barrier.Wait(Patience);
            first.Handle.Socket.Tell(new Write(first.Handle, "x"u8.ToArray()), giver);
            return false;
        });
        Got(Other.Sockets, Other.CreateTestProbe(), "x");
        using var another = OpenAnother("another", "");
        GetsNothing(another.Sockets, another.CreateTestProbe(), "x");
        giver.ExpectNoMsg(TimeSpan.Zero);
        barrier.Set();
        giver.ExpectMsg<Refused>();
        giver.ExpectMsg<Released>();
    }

    [Fact]
    public async Task What_the_policy_of_the_getter_refuses_stays_given_where_it_is()
    {
        var policy = new TestPolicy();
        Other.Sockets.UsePolicy(policy);
        policy.Refuse(SocketOperations.Acquire);
        var giver = CreateTestProbe();
        var (first, peer) = await OwnAsync(giver);
        using var _ = peer;
        Give(giver, first.Handle, "x");
        GetsNothing(Other.Sockets, Other.CreateTestProbe(), "x", ResultCode.EESECURITY);
        Got(Handoff, CreateTestProbe(), "x");
    }

    private sealed record Odd;
}

using System.Net.Sockets;
using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

// inetd's wait.
public sealed class LentListenerTests(ITestOutputHelper output) : LendingTestKit(output)
{
    [Fact]
    public async Task A_listener_that_is_lent_is_its_programs_from_the_first_client_on_and_comes_back_with_the_client()
    {
        var (owner, acceptor, observer) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        var release = Lend(owner, listening.Handle, Open(observer, Sleeping));
        AwaitStopped(listening.EndPoint);
        using var peer = await ConnectAsync(listening);
        var process = observer.ExpectMsg<ProgramStarted>().ProcessId;
        var released = owner.ExpectMsg<Released>();
        Assert.Same(release, released.Release);

        // The socket is all that it has once it is loaded, and a call on it waits. The shell loads another program.
        var socket = SocketAt(listening.EndPoint);
        AwaitAssert(
            () => Assert.Equal(
                ["0 " + socket, "1 " + socket, "2 " + socket],
                Directory.GetFiles($"/proc/{process}/fd").Order(StringComparer.Ordinal)
                    .Select(file => $"{Path.GetFileName(file)} {new FileInfo(file).LinkTarget}")),
            Patience);
        Assert.False(IsNonBlocking($"{process}", "0"), "a program that accepts would be told EAGAIN");
        Assert.False(acceptor.HasMessages, "this process has accepted");

        Kill(process);
        var ended = observer.ExpectMsg<ProgramEnded>();
        Assert.Equal((process, 9, ProgramStop.None), (ended.ProcessId, ended.Signal, ended.Stop));
        var (returned, back) = TakeBack(owner);
        Assert.Same(release, returned.Release);
        Assert.Equal(
            (LoanOutcome.Returned, "/bin/sh has ended: signal 9"), (returned.Outcome, returned.Result.Reason));
        Assert.Equal(listening.Handle.Epoch + 2, back.Handle.Epoch);
        Assert.Equal(listening.Handle.Id, back.Handle.Id);
        var here = Assert.Single(OpenHere(SocketAt(listening.EndPoint)));
        Assert.True(IsNonBlocking("self", here), "an accept that waits would hold up its loop");

        // Who was in the queue all the time, and who comes later.
        await AnswersAsync(peer, Take(acceptor));
        using var later = await ConnectAsync(listening);
        await AnswersAsync(later, Take(acceptor));
    }

    [Fact]
    public async Task A_listener_for_programs_accepts_nothing_whoever_owns_it_and_each_program_finds_the_client()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        using var peer = await ConnectAsync(listening);
        Assert.Equal(0, StatusOf(owner, listening.Handle.Socket).Facts.Unread);
        var program = Open(observer, Shell("exit 3"));
        var handle = listening.Handle;
        for (var i = 0; i < MostStarts; i++)
        {
            Lend(owner, handle, program);
            observer.ExpectMsg<ProgramStarted>();
            Assert.Equal(3, observer.ExpectMsg<ProgramEnded>().ExitCode);
            owner.ExpectMsg<Released>();
            var (returned, back) = TakeBack(owner);
            Assert.Equal("/bin/sh has ended: exit code 3", returned.Result.Reason);
            handle = back.Handle;
        }

        // So often is enough for now.
        var failed = NotLent(owner, Lend(owner, handle, program), OfferOutcome.Declined);
        Assert.Contains("EEQUOTA", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Contains("handoff.children.max-starts", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EEQUOTA, observer.ExpectMsg<ProgramFailed>().Result.Code);
        Assert.False(owner.HasMessages, "somebody was accepted");
    }

    [Fact]
    public async Task Until_somebody_comes_the_owner_may_take_it_back_or_the_time_may_pass_and_nothing_has_run()
    {
        var (owner, acceptor, observer) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var listening = Listen(owner, acceptor);
        var program = Open(observer, Sleeping);
        var revoked = Lend(owner, listening.Handle, program);
        AwaitStopped(listening.EndPoint);
        listening.Handle.Socket.Tell(new Revoke(listening.Handle, revoked), owner);
        NotLent(owner, revoked, OfferOutcome.Revoked);
        Assert.Equal(ResultCode.EEABORTED, observer.ExpectMsg<ProgramFailed>().Result.Code);
        var late = Lend(owner, listening.Handle, program, within: TimeSpan.FromMilliseconds(50));
        NotLent(owner, late, OfferOutcome.TimedOut);
        observer.ExpectMsg<ProgramFailed>();
        using var peer = await ConnectAsync(listening);
        await AnswersAsync(peer, Take(acceptor));
    }

    [Fact]
    public async Task A_close_while_it_waits_is_carried_out()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        Lend(owner, listening.Handle, Open(observer, Sleeping));
        AwaitStopped(listening.EndPoint);
        listening.Handle.Socket.Tell(new Close(listening.Handle), owner);
        Assert.Equal(OfferOutcome.Closed, owner.ExpectMsg<ReleaseFailed>().Outcome);
        owner.ExpectMsg<Closed>();
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listening));
    }

    [Fact]
    public async Task A_program_that_runs_for_too_long_or_whose_target_stops_gives_it_back()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        var limited = Sleeping with { RunLimit = TimeSpan.FromMilliseconds(50) };
        Lend(owner, listening.Handle, Open(observer, limited));
        using var peer = await ConnectAsync(listening);
        observer.ExpectMsg<ProgramStarted>();
        Assert.Equal(ProgramStop.TimedOut, observer.ExpectMsg<ProgramEnded>().Stop);
        owner.ExpectMsg<Released>();
        var (returned, back) = TakeBack(owner);
        Assert.Equal(LoanOutcome.Returned, returned.Outcome);

        // One that would end at once might have given it back before its socket hears that the target has stopped.
        var place = AnyPlace;
        var stopped = Open(observer, Deaf(place));
        Lend(owner, back.Handle, stopped);
        var process = observer.ExpectMsg<ProgramStarted>().ProcessId;
        owner.ExpectMsg<Released>();
        AwaitDeaf(place);
        Sys.Stop(stopped);
        (returned, _) = TakeBack(owner);
        Assert.Equal(LoanOutcome.BorrowerDied, returned.Outcome);
        Assert.False(IsThere(process), "two have it");
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_leaves_it_with_its_owner_and_so_does_an_owner_that_stops_first()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        using var peer = await ConnectAsync(listening);
        var missing = Lend(owner, listening.Handle, Open(observer, new OpenProgram("/no/such/program")));
        var failed = NotLent(owner, missing, OfferOutcome.Declined);
        Assert.Contains("EESPAWN", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EESPAWN, observer.ExpectMsg<ProgramFailed>().Result.Code);
        Lend(owner, listening.Handle, Open(observer, Sleeping));
        var process = observer.ExpectMsg<ProgramStarted>().ProcessId;
        owner.ExpectMsg<Released>();

        // The loan goes on without its lender; nobody is left to have the socket after it.
        Sys.Stop(owner);
        using var other = await ConnectAsync(listening);
        Assert.True(IsThere(process), "it was ended");
        observer.Watch(listening.Handle.Socket);
        Kill(process);
        observer.ExpectMsg<ProgramEnded>();
        observer.ExpectTerminated(listening.Handle.Socket);
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(listening));
    }

    [Fact]
    public void An_owner_that_stops_while_nobody_has_come_takes_it_along()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        Lend(owner, listening.Handle, Open(observer, Sleeping));
        AwaitStopped(listening.EndPoint);
        observer.Watch(listening.Handle.Socket);
        Sys.Stop(owner);
        Assert.Equal(ResultCode.EEABORTED, observer.ExpectMsg<ProgramFailed>().Result.Code);
        observer.ExpectTerminated(listening.Handle.Socket);
    }

    [Fact]
    public async Task A_connection_is_given_to_a_program_and_not_lent()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var failed = NotLent(
            owner, Lend(owner, acquired.Handle, Open(observer, Sleeping)), OfferOutcome.Declined);
        Assert.Contains("cannot be lent a socket of kind Connection", failed.Result.Reason, StringComparison.Ordinal);
    }

    private static async Task AnswersAsync(TestPeer peer, Acquired acquired)
    {
        await peer.SendAsync("here");
        Assert.Equal("here", await acquired.Lease!.ReadTextAsync(4));
    }

    // Of descriptor 0: open(2), proc_pid_fdinfo(5).
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class LoanToProgramTests(ITestOutputHelper output) : LendingTestKit(output, virtualTime: true)
{
    [Fact]
    public async Task At_the_end_of_the_loan_the_program_is_gone_before_its_owner_has_it_again()
    {
        var (owner, observer) = (CreateTestProbe(), CreateTestProbe());
        var listening = ListenForPrograms(owner);
        var place = AnyPlace;
        Lend(owner, listening.Handle, Open(observer, Deaf(place)));
        using var peer = await ConnectAsync(listening);
        var process = observer.ExpectMsg<ProgramStarted>().ProcessId;
        owner.ExpectMsg<Released>();
        AwaitDeaf(place);

        // The loan begins a moment after its owner is told.
        StatusOf(owner, listening.Handle.Socket);
        Time.Advance(Long);
        var (returned, back) = TakeBack(owner);
        Assert.Equal(LoanOutcome.Expired, returned.Outcome);
        Assert.False(IsThere(process), "two have it");
        var ended = observer.ExpectMsg<ProgramEnded>();
        Assert.Equal((9, ProgramStop.Stopped), (ended.Signal, ended.Stop));
        Lend(owner, back.Handle, Open(observer, Shell("exit 0")));
        observer.ExpectMsg<ProgramStarted>();
    }
}

using Akka.Actor;
using Akka.TestKit.Xunit2;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// How code outside actors is told of the end of each ownership period.
public sealed class AnchorMailTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly SocketResult Gone = new(ResultCode.EESECURITY, "another's");

    private readonly AnchorMail _mail = new(maxOffers: 1);

    public AnchorMailTests(ITestOutputHelper output)
        : base("", null, output)
    {
    }

    [Fact]
    public void An_end_is_told_to_its_own_period_whatever_comes_late_of_another()
    {
        var (first, second) = (Begin(epoch: 2), Begin(epoch: 4));
        _mail.Deliver(new LoanOver(7, 2, Handoff.Transport.Ownership.LoanOutcome.Expired), TestActor);
        Assert.Equal((true, false), (first.IsCompleted, second.IsCompleted));
        _mail.Deliver(new Refused(new Return(Handle(2)), Gone), TestActor);
        Assert.False(second.IsCompleted);
        _mail.Deliver(new Closed(Handle(4), SocketResult.Success), TestActor);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void What_is_told_of_a_period_that_has_ended_is_not_kept_for_the_next()
    {
        _mail.Deliver(new Refused(new Close(Handle(2)), Gone), TestActor);
        _mail.Deliver(new Closed(Handle(2), SocketResult.Success), TestActor);
        Assert.False(Begin(epoch: 2).IsCompleted);
    }

    [Fact]
    public void A_stop_ends_those_that_have_not_ended()
    {
        var end = Begin(epoch: 1);
        _mail.Stopped();
        Assert.True(end.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_acquired_answers_one_acquire_the_first_that_was_sent_and_was_not_refused()
    {
        var (refused, good, late) = (Acquire(offer: 1), Acquire(offer: 3), Acquire(offer: 3));
        var (refusedAnswer, lateAnswer) = (Expect(refused), Expect(late));
        var goodAnswer = Expect(good);
        foreach (var command in new[] { refused, good, late }) _mail.Sending(command);
        _mail.Deliver(new Refused(refused, Gone), TestActor);
        Acquired(epoch: 2);
        Answer<Refused>(refusedAnswer);
        Assert.False(lateAnswer.IsCompleted);
        var end = Answer<AnchorMail.Begun>(goodAnswer).End;
        _mail.Deliver(new Refused(late, Gone), TestActor);
        Answer<Refused>(lateAnswer);
        _mail.Deliver(new Closed(Handle(2), SocketResult.Success), TestActor);
        Assert.True(end.IsCompletedSuccessfully);
    }

    private Task<SocketResult> Begin(long epoch)
    {
        var acquire = Acquire(offer: 1);
        var answer = Expect(acquire);
        _mail.Sending(acquire);
        Acquired(epoch);
        return Answer<AnchorMail.Begun>(answer).End;
    }

    private static T Answer<T>(Task<object> answer)
    {
        Assert.True(answer.IsCompletedSuccessfully);
        return Assert.IsType<T>(answer.Result);
    }

    private Task<object> Expect(Acquire acquire) => _mail.Expect(acquire, TestActor, 7);

    private void Acquired(long epoch)
    {
        var facts = new SocketFacts(7, SocketKind.Connection, "tcp", null, null, 0, 0);
        _mail.Deliver(new Acquired(Handle(epoch), facts, Lease: null, 0, 0), TestActor);
    }

    private Acquire Acquire(long offer) => new(new OfferHandle(TestActor, 7, offer, default), TestActor);

    private SocketHandle Handle(long epoch) => new(TestActor, 7, epoch, default);
}

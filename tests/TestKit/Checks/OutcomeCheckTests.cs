using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.TestKit.Tests.Checks;

public sealed class OutcomeCheckTests : IClassFixture<Cast>
{
    private readonly Cast _cast;
    private readonly Violations _violations = new();
    private readonly OwnershipCheck _ownership;
    private readonly OutcomeCheck _check;
    private readonly Release _release;
    private readonly Offered _offered;

    public OutcomeCheckTests(Cast cast)
    {
        _cast = cast;
        _ownership = new OwnershipCheck(_violations);
        _check = new OutcomeCheck(_violations, _ownership);
        _ownership.Told(cast.Login, cast.Acquired(1));
        _release = new Release(cast.Epoch(1), cast.Game);
        _offered = cast.Offered(1);
        _check.Releases(cast.Login, _release);
    }

    [Fact]
    public void One_outcome_told_once_to_each_side_is_right()
    {
        Acquire();
        _check.Told(_cast.Login, new Released(_release, _cast.Game));
        _check.AtEnd(_ => true);
        Assert.Null(_violations.First);
    }

    [Fact]
    public void A_second_outcome_of_a_release_is_found()
    {
        _check.Told(_cast.Login, Failed(OfferOutcome.Declined));
        _check.Told(_cast.Login, new Refused(_release, SocketResult.Of(ResultCode.EEBADF)));
        Assert.Contains("login was told two outcomes", _violations.First);
    }

    [Fact]
    public void A_second_outcome_for_a_target_is_found()
    {
        Acquire();
        _check.Told(_cast.Game, new Withdrawn(_offered.Offer, OfferOutcome.TimedOut));
        Assert.Contains("two outcomes of socket 1 offer 1: Acquired and TimedOut", _violations.First);
    }

    [Fact]
    public void A_second_offer_of_the_same_number_and_an_outcome_of_none_are_found()
    {
        _check.Told(_cast.Game, new Withdrawn(_offered.Offer, OfferOutcome.TimedOut));
        Assert.Contains("which it was not offered", _violations.First);
        var twice = new Violations();
        var check = new OutcomeCheck(twice, _ownership);
        check.Told(_cast.Game, _offered);
        check.Told(_cast.Game, _offered);
        Assert.Contains("offered socket 1 offer 1 twice", twice.First);
    }

    [Fact]
    public void An_outcome_that_never_comes_is_found_on_either_side_unless_it_is_dead()
    {
        _check.Told(_cast.Game, _offered);
        _check.AtEnd(_ => false);
        Assert.Null(_violations.First);
        _check.AtEnd(who => who.Equals(_cast.Game));
        Assert.Contains("game was never told what became of socket 1 offer 1", _violations.First);
        var other = new Violations();
        var check = new OutcomeCheck(other, _ownership);
        check.Releases(_cast.Login, _release);
        check.AtEnd(_ => true);
        Assert.Contains("login was never told what became of its Release", other.First);
    }

    [Fact]
    public void Sides_that_were_told_differently_are_found()
    {
        Acquire();
        _check.Told(_cast.Login, Failed(OfferOutcome.TimedOut));
        Assert.Contains("failed (TimedOut), but a later epoch was given away", _violations.First);
        var other = new Violations();
        var check = new OutcomeCheck(other, new OwnershipCheck(other));
        check.Told(_cast.Login, new Released(_release, _cast.Game));
        check.AtEnd(_ => true);
        Assert.Contains("was acquired, but nobody was told so", other.First);
    }

    private void Acquire()
    {
        _check.Told(_cast.Game, _offered);
        _check.Acquires(_cast.Game, _offered.Offer);
        var acquired = _cast.Acquired(2);
        _ownership.Told(_cast.Game, acquired);
        _check.Told(_cast.Game, acquired);
    }

    private ReleaseFailed Failed(OfferOutcome why) =>
        new(_release, why, SocketResult.Of(ResultCode.EESOCKNOTRLSD));
}

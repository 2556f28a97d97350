using Handoff.Messages;
using Handoff.TestKit.Checks;

namespace Handoff.TestKit.Tests.Checks;

public sealed class OwnershipCheckTests(Cast cast) : IClassFixture<Cast>
{
    private readonly Violations _violations = new();

    [Fact]
    public void Epochs_that_rise_are_right()
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Login, cast.Acquired(1));
        check.Told(cast.Game, cast.Acquired(2));
        check.Told(cast.Game, cast.Acquired(4));
        Assert.Null(_violations.First);
        Assert.Equal(4, check.EpochOf(1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Two_owners_of_one_epoch_and_an_owner_of_an_older_one_are_found(long epoch)
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Login, cast.Acquired(2));
        check.Told(cast.Game, cast.Acquired(epoch));
        Assert.Equal(
            $"socket 1 epoch {epoch} was given to game when epoch 2 was login's already", _violations.First);
    }

    [Fact]
    public void The_use_of_an_older_epoch_is_found()
    {
        var check = new OwnershipCheck(_violations);
        var old = cast.Acquired(1);
        check.Told(cast.Login, old);
        check.Used(cast.Login, old.Handle);
        Assert.Null(_violations.First);
        check.Told(cast.Game, cast.Acquired(2));
        check.Used(cast.Login, old.Handle);
        Assert.Contains("login used socket 1 epoch 1 in epoch 2 of game", _violations.First);
    }

    [Fact]
    public void A_socket_that_nobody_is_responsible_for_is_found()
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Login, cast.Acquired(1));
        check.AtRest(Status("Bequeathed", isOwned: false, epoch: 1, offer: 1));
        Assert.Null(_violations.First);
        check.AtRest(Status("Bequeathed", isOwned: false, epoch: 1, offer: null));
        Assert.Contains("nobody is responsible", _violations.First);
    }

    [Fact]
    public void An_owner_that_was_never_told_is_found()
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Game, cast.Acquired(1));
        check.AtRest(Status("Held", isOwned: true, epoch: 2, offer: null));
        Assert.Contains("says that login owns epoch 2, but game was told epoch 1", _violations.First);
    }

    [Theory]
    [InlineData(1, "socket 1 says that login owns epoch 1, but game was told epoch 1")]
    [InlineData(2, null)]
    public void A_stranger_owns_a_later_epoch_than_anybody_was_told_of(long epoch, string? violation)
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Game, cast.Acquired(1));
        check.AtRest(Status("Held", isOwned: true, epoch, offer: null), isStrangers: true);
        Assert.Equal(violation, _violations.First);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "socket 1 is Offered and watches for 3 roles, but 2 are taken")]
    [InlineData(1, "socket 1 is Offered and watches for 1 roles, but 2 are taken")]
    public void A_watch_too_many_and_one_that_is_missing_are_found(int watches, string? violation)
    {
        var check = new OwnershipCheck(_violations);
        check.Told(cast.Login, cast.Acquired(1));
        var status = Status("Offered", isOwned: true, epoch: 1, offer: 1);
        check.AtRest(status with { Targets = [cast.Game], Watches = watches });
        Assert.Equal(violation, _violations.First);
    }

    private SocketStatus Status(string state, bool isOwned, long epoch, long? offer) =>
        new(Cast.Facts, state, isOwned ? cast.Login : null, epoch, offer, [], 0, 0) { Watches = isOwned ? 1 : 0 };
}

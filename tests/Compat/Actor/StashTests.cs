using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class StashTests : ActorTest
{
    private IActorRef Stasher(int capacity = -1) =>
        Sys.ActorOf(Props.Create(() => new Stashing(Journal)).WithStashCapacity(capacity), "s");

    private static Task<int> Counted(IActorRef actor) => actor.Ask<int>("count", Patience);

    [Fact]
    public async Task What_was_stashed_comes_back_in_order_and_before_what_came_later()
    {
        var actor = Stasher();
        actor.Tell(1);
        actor.Tell(2);
        Assert.Equal(2, await Counted(actor));
        actor.Tell("open then 3");
        await Journal.Expect(1, 2, 3);
    }

    [Fact]
    public async Task Unstash_gives_back_the_oldest_only()
    {
        var actor = Stasher();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("take one");
        await Journal.Expect(1);
        Assert.Equal(1, await Counted(actor));
    }

    [Fact]
    public async Task Unstashing_an_empty_stash_does_nothing()
    {
        var actor = Stasher();
        actor.Tell("take one");
        actor.Tell("open");
        Assert.Equal(0, await Counted(actor));
    }

    [Fact]
    public async Task The_sender_is_kept()
    {
        var actor = Stasher();
        var answer = actor.Ask("who", Patience);
        actor.Tell("open");
        Assert.Equal("you", await answer);
    }

    [Fact]
    public async Task What_is_stashed_comes_back_after_a_restart()
    {
        var actor = Stasher();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(new Fail(new InvalidOperationException("boom")));
        Assert.Equal(2, await Counted(actor));
        actor.Tell("open");
        await Journal.Expect(1, 2);
    }

    [Fact]
    public async Task What_is_stashed_when_the_actor_stops_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Akka.Event.DeadLetter));
        var actor = Stasher();
        actor.Tell(1);
        Assert.Equal(1, await Counted(actor));
        Sys.Stop(actor);
        Assert.Equal(1, (await Journal.Next<Akka.Event.DeadLetter>()).Message);
    }

    [Fact]
    public async Task A_message_cannot_be_stashed_twice()
    {
        var actor = Stasher();
        actor.Tell("twice");
        await Journal.Expect(typeof(IllegalActorStateException));
    }

    [Fact]
    public async Task The_same_object_sent_twice_is_two_messages()
    {
        var actor = Stasher();
        var same = (object)7;
        actor.Tell(same);
        actor.Tell(same);
        Assert.Equal(2, await Counted(actor));
    }

    [Fact]
    public async Task A_full_stash_refuses_more()
    {
        var actor = Stasher(capacity: 2);
        actor.Tell(1);
        actor.Tell("full?");
        actor.Tell(2);
        actor.Tell("full?");
        actor.Tell(3);
        await Journal.Expect((2, false), (2, true), typeof(StashOverflowException));
    }

    [Fact]
    public async Task UnstashAll_with_a_predicate_drops_the_rest()
    {
        var actor = Stasher();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        actor.Tell("odd ones");
        await Journal.Expect(1, 3);
        Assert.Equal(0, await Counted(actor));
    }

    [Fact]
    public async Task ClearStash_takes_all_and_Prepend_puts_it_in_front()
    {
        var actor = Stasher();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("clear and prepend after 3");
        await Journal.Expect("empty", "not empty");
        actor.Tell("open");
        await Journal.Expect(1, 2, 3);
    }

    [Fact]
    public async Task Terminated_can_be_stashed()
    {
        var actor = Stasher();
        var subject = Puppet("subject");
        await actor.Ask(subject, Patience);
        Sys.Stop(subject);
        await Journal.Expect("its end is put off");
        actor.Tell("open");
        await Journal.Next<Terminated>();
    }

    [Fact]
    public async Task An_unbounded_stash_has_no_capacity()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Unbounded()).WithStashCapacity(1));
        Assert.Equal(-1, await actor.Ask<int>("capacity", Patience));
    }

    [Fact]
    public async Task A_bounded_stash_has_the_capacity_of_its_props()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Bounded()).WithStashCapacity(7));
        Assert.Equal(7, await actor.Ask<int>("capacity", Patience));
    }

    [Fact]
    public async Task A_stash_can_be_made_for_any_kind_of_stashing_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(Journal)));
        await actor.Ask("make stashes", Patience);
    }
}

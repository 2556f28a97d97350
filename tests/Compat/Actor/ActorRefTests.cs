using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class ActorRefTests : ActorTest
{
    [Fact]
    public void References_of_one_actor_are_equal_and_of_two_are_not()
    {
        var (one, other) = (Puppet("one"), Puppet("other"));
        var again = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(one.Path);
        Assert.True(one.Equals(again));
        Assert.True(one.Equals((object)again));
        Assert.Equal(one.GetHashCode(), again.GetHashCode());
        Assert.False(one.Equals(other));
        Assert.False(one.Equals((IActorRef?)null));
        Assert.False(one.Equals("one"));
    }

    [Fact]
    public void References_are_ordered_by_their_paths()
    {
        var (one, other) = (Puppet("a"), Puppet("b"));
        Assert.True(one.CompareTo(other) < 0);
        Assert.True(other.CompareTo((object)one) > 0);
        Assert.Equal(0, one.CompareTo(one));
        Assert.Equal(1, one.CompareTo((object?)null));
        Assert.Equal(1, one.CompareTo(null));
        Assert.Throws<ArgumentException>(() => one.CompareTo("text"));
    }

    [Fact]
    public void A_reference_is_written_as_its_path_and_its_uid()
    {
        var actor = Puppet("a");
        Assert.Equal($"[akka://test/user/a#{actor.Path.Uid}]", actor.ToString());
        Assert.Equal("[akka://test/deadLetters]", Sys.DeadLetters.ToString());
    }

    [Fact]
    public async Task A_message_is_not_null()
    {
        var actor = Puppet();
        await Settled(actor);
        Assert.Throws<ArgumentNullException>(() => actor.Tell(null, ActorRefs.NoSender));
        Assert.Throws<InvalidMessageException>(() => Sys.DeadLetters.Tell(null, ActorRefs.NoSender));
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var (middle, target) = (Puppet(), Sys.ActorOf(Props.Create(() => new Answers())));
        var answer = Sys.ActorOf(Props.Create(() => new Forwards(target))).Ask("hello", Patience);
        Assert.Equal("answer", await answer);
        Assert.NotEqual(middle, target);
    }

    [Fact]
    public void Nobody_is_nobody_and_so_are_null_and_dead_letters()
    {
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.True(ActorRefs.NoSender.IsNobody());
        Assert.True(Sys.DeadLetters.IsNobody());
        Assert.False(Puppet().IsNobody());
        ActorRefs.Nobody.Tell("nothing happens", ActorRefs.NoSender);
        Assert.Equal("/Nobody", ActorRefs.Nobody.Path.Name);
        Assert.Throws<NotSupportedException>(() => ActorRefs.Nobody.Provider);
    }

    [Fact]
    public void GetOrElse_takes_the_other_for_nobody()
    {
        var (actor, other) = (Puppet(), Puppet());
        Assert.Equal(actor, actor.GetOrElse(() => other));
        Assert.Equal(other, ActorRefs.Nobody.GetOrElse(() => other));
    }

    [Fact]
    public void An_envelope_holds_a_message_and_who_sent_it()
    {
        var actor = Puppet("a");
        var envelope = new Envelope("hello", actor);
        Assert.Equal(("hello", actor), (envelope.Message, envelope.Sender));
        Assert.Equal($"<hello> from {actor}", envelope.ToString());
        Assert.Equal(Sys.DeadLetters, new Envelope("hello", null, Sys).Sender);
        Assert.Equal(actor, new Envelope("hello", actor, Sys).Sender);
        Assert.Equal("<hello> from NoSender", new Envelope("hello", null).ToString());
    }

    [Fact]
    public async Task Factories_make_actors_of_a_type_and_select_from_an_anchor()
    {
        var actor = Sys.ActorOf<Answers>("plain");
        Assert.Equal("akka://test/user/plain", actor.Path.ToString());
        Assert.Equal("answer", await actor.Ask("hello", Patience));
        Assert.Equal("answer", await Sys.ActorSelection(actor, "../plain").Ask("hello", Patience));
    }

    private sealed class Answers : ReceiveActor
    {
        public Answers() => ReceiveAny(_ => Sender.Tell("answer"));
    }

    private sealed class Forwards : ReceiveActor
    {
        public Forwards(IActorRef target) => ReceiveAny(message => target.Forward(message));
    }
}

using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Actors;

public sealed class DeadLetterTests : ActorTest
{
    private async Task<IActorRef> Dead()
    {
        var actor = Puppet("dead");
        Sys.Stop(actor);
        await Gone(actor, Sys);
        return actor;
    }

    [Fact]
    public async Task What_is_told_to_a_dead_actor_is_a_dead_letter()
    {
        var (listener, dead) = (Puppet(), await Dead());
        Sys.EventStream.Subscribe(listener, typeof(DeadLetter));
        dead.Tell("hello", listener);
        var letter = await Journal.Next<DeadLetter>();
        Assert.Equal(("hello", listener, dead), (letter.Message, letter.Sender, letter.Recipient));
        dead.Tell("from nobody", ActorRefs.NoSender);
        Assert.Equal(Sys.DeadLetters, (await Journal.Next<DeadLetter>()).Sender);
    }

    [Fact]
    public async Task What_waits_in_the_mailbox_when_the_actor_stops_is_a_dead_letter_too()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(DeadLetter));
        var actor = Puppet("a");
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var blocked = Inside(actor, context =>
        {
            entered.Set();
            leave.Wait(Patience);
            context.Stop(context.Self);
        });
        entered.Wait(Patience);
        actor.Tell("one");
        actor.Tell("two");
        leave.Set();
        await blocked;
        Assert.Equal("one", (await Journal.Next<DeadLetter>()).Message);
        Assert.Equal("two", (await Journal.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task What_is_told_to_dead_letters_is_one()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(DeadLetter));
        Sys.DeadLetters.Tell("hello");
        var letter = await Journal.Next<DeadLetter>();
        Assert.Equal(("hello", Sys.DeadLetters), (letter.Message, letter.Recipient));
    }

    [Fact]
    public async Task Some_messages_are_suppressed()
    {
        var (listener, dead) = (Puppet(), await Dead());
        Sys.EventStream.Subscribe(listener, typeof(AllDeadLetters));
        dead.Tell(PoisonPill.Instance);
        Assert.Same(PoisonPill.Instance, (await Journal.Next<SuppressedDeadLetter>()).Message);
    }

    [Fact]
    public async Task Identifying_a_dead_actor_finds_nobody()
    {
        var identity = await (await Dead()).Ask<ActorIdentity>(new Identify(7), Patience);
        Assert.True(identity.Subject.IsNobody());
    }

    [Fact]
    public async Task No_message_is_lost_between_an_end_and_a_dead_letter()
    {
        const int rounds = 200;
        var letters = Sys.ActorOf(Props.Create(() => new Puppet(Journal)));
        Sys.EventStream.Subscribe(letters, typeof(DeadLetter));
        for (var round = 0; round < rounds; round++)
        {
            var actor = Puppet();
            actor.Tell(PoisonPill.Instance);
            actor.Tell(round);
            Assert.Equal(round, (await Journal.Next<DeadLetter>()).Message);
        }
    }
}

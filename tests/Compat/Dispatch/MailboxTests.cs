using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Dispatching;

public sealed class MailboxTests() : ActorTest($$"""
    backwards { mailbox-type = "{{typeof(BackwardsMailbox).AssemblyQualifiedName}}", mine = 7 }
    usual { mailbox-type = "Akka.Dispatch.UnboundedMailbox" }
    wrong { mailbox-type = "No.Such, Type" }
    mailing { type = Dispatcher, mailbox-type = "{{typeof(BackwardsMailbox).AssemblyQualifiedName}}" }
    """)
{
    [Theory]
    [InlineData("backwards", new object[] { 3, 2, 1 })]
    [InlineData("usual", new object[] { 1, 2, 3 })]
    public async Task An_actor_gets_its_messages_as_its_mailbox_gives_them(string mailbox, object[] expected)
    {
        await Numbers(Puppets().WithMailbox(mailbox));
        await Journal.Expect(expected);
    }

    [Fact]
    public async Task A_dispatcher_may_name_the_mailbox_of_its_actors()
    {
        await Numbers(Puppets().WithDispatcher("mailing"));
        await Journal.Expect(3, 2, 1);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("wrong")]
    public void A_mailbox_has_to_be_configured(string mailbox) =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Puppets().WithMailbox(mailbox)));

    [Fact]
    public async Task What_is_left_in_a_users_mailbox_becomes_dead_letters()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Akka.Event.DeadLetter));
        await Numbers(Puppets().WithMailbox("backwards"), context => context.Stop(context.Self));
        Assert.Equal(3, (await Journal.Next<Akka.Event.DeadLetter>()).Message);
        Assert.Equal(2, (await Journal.Next<Akka.Event.DeadLetter>()).Message);
    }

    [Fact]
    public void The_usual_queue_gives_what_came_first()
    {
        var queue = new UnboundedMailbox().Create(Puppet(), Sys);
        Assert.IsType<UnboundedMessageQueue>(queue);
        Assert.False(queue.HasMessages);
        Assert.False(queue.TryDequeue(out _));
        queue.Enqueue(ActorRefs.Nobody, new Envelope(1, ActorRefs.NoSender));
        queue.Enqueue(ActorRefs.Nobody, new Envelope(2, ActorRefs.NoSender));
        Assert.True(queue.HasMessages);
        Assert.Equal(2, queue.Count);
        Assert.True(queue.TryDequeue(out var envelope));
        Assert.Equal(1, envelope.Message);
        var rest = new UnboundedMessageQueue();
        queue.CleanUp(Puppet(), rest);
        Assert.Equal((0, 1), (queue.Count, rest.Count));
    }

    // Bursts of all sizes, so that the queue grows while it is taken from.
    [Fact]
    public void What_many_put_into_a_queue_comes_out_once_and_each_ones_in_its_order()
    {
        const int producers = 4, messages = 50_000;
        var queue = new UnboundedMessageQueue();
        var threads = Enumerable.Range(0, producers).Select(producer => new Thread(() =>
        {
            for (var i = 0; i < messages; i++)
                queue.Enqueue(ActorRefs.Nobody, new Envelope((producer, i), ActorRefs.NoSender));
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        var next = new int[producers];
        for (var left = producers * messages; left > 0;)
        {
            if (!queue.TryDequeue(out var envelope))
            {
                Thread.Yield();
                continue;
            }

            var (producer, number) = ((int, int))envelope.Message;
            Assert.Equal(next[producer]++, number);
            left--;
        }

        foreach (var thread in threads)
            thread.Join();
        Assert.Equal((false, 0), (queue.HasMessages, queue.Count));
    }

    [Fact]
    public void A_queue_that_was_never_used_has_nothing_to_clean_up()
    {
        var (queue, rest) = (new UnboundedMessageQueue(), new UnboundedMessageQueue());
        queue.CleanUp(ActorRefs.Nobody, rest);
        Assert.Equal((0, 0), (queue.Count, rest.Count));
    }

    [Fact]
    public void A_mailbox_type_knows_its_configuration()
    {
        var type = new BackwardsMailbox(Sys.Settings, Sys.Settings.Config.GetConfig("backwards"));
        Assert.Equal(7, type.Mine);
        Assert.Same(Sys.Settings, type.Of);
        Assert.IsType<UnboundedMessageQueue>(
            new UnboundedMailbox(Sys.Settings, ConfigurationFactory.Empty).Create(Puppet(), Sys));
    }

    // All three wait in the mailbox before the first is taken out.
    private async Task Numbers(Props props, Action<IUntypedActorContext>? last = null)
    {
        var actor = Sys.ActorOf(props);
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var blocked = Inside(actor, context =>
        {
            entered.Set();
            leave.Wait(Patience);
            last?.Invoke(context);
        });
        entered.Wait(Patience);
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        leave.Set();
        await blocked;
    }

    public sealed class BackwardsMailbox(Settings settings, Config config) : MailboxType(settings, config)
    {
        public int Mine => Config.GetInt("mine");

        public Settings Of => Settings;

        public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new Backwards();

        private sealed class Backwards : IMessageQueue
        {
            private readonly System.Collections.Concurrent.ConcurrentStack<Envelope> _stack = new();

            public bool HasMessages => !_stack.IsEmpty;

            public int Count => _stack.Count;

            public void Enqueue(IActorRef receiver, Envelope envelope) => _stack.Push(envelope);

            public bool TryDequeue(out Envelope envelope) => _stack.TryPop(out envelope);

            public void CleanUp(IActorRef owner, IMessageQueue deadletters)
            {
                while (TryDequeue(out var envelope))
                    deadletters.Enqueue(owner, envelope);
            }
        }
    }
}

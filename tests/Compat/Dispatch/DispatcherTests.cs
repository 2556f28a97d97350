using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Dispatching;

public sealed class DispatcherTests() : ActorTest($$"""
    fair { type = Dispatcher, throughput = 2 }
    alias = fair
    deep = alias
    circle = circle
    untyped { type = "No.Such, Type" }
    pinned { type = PinnedDispatcher, shutdown-timeout = 100ms }
    single { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 1, shutdown-timeout = 100ms }
    several { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 2, shutdown-timeout = 100ms }
    timed { type = Dispatcher, throughput = 1000, throughput-deadline-time = 1ms }
    own { type = "{{typeof(CountingConfigurator).AssemblyQualifiedName}}", shutdown-timeout = 10ms, mine = 7 }
    """)
{
    [Fact]
    public void Dispatchers_are_found_by_their_ids()
    {
        var dispatchers = Sys.Dispatchers;
        Assert.Equal("akka.actor.default-dispatcher", Dispatchers.DefaultDispatcherId);
        Assert.Same(dispatchers.DefaultGlobalDispatcher, dispatchers.Lookup(Dispatchers.DefaultDispatcherId));
        Assert.Equal("fair", dispatchers.Lookup("fair").Id);
        Assert.Same(dispatchers.Lookup("fair"), dispatchers.Lookup("deep"));
        Assert.True(dispatchers.HasDispatcher("fair"));
        Assert.False(dispatchers.HasDispatcher("none"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("circle")]
    [InlineData("untyped")]
    public void What_is_not_configured_is_no_dispatcher(string id) =>
        Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup(id));

    [Fact]
    public void A_dispatcher_is_as_configured()
    {
        var fair = Sys.Dispatchers.Lookup("fair");
        Assert.Equal((2, null), (fair.Throughput, fair.ThroughputDeadlineTime));
        Assert.Equal(TimeSpan.FromSeconds(1), fair.ShutdownTimeout);
        Assert.Equal(TimeSpan.TicksPerMillisecond, Sys.Dispatchers.Lookup("timed").ThroughputDeadlineTime);
        Assert.Same(Sys.EventStream, fair.EventStream);
        Assert.Equal(2, fair.Configurator.Config.GetInt("throughput"));
        Assert.Same(fair, fair.Configurator.Dispatcher());
        Assert.Equal(100, MessageDispatcher.DefaultThroughput);
        fair.Throughput = 3;
        Assert.Equal(3, fair.Throughput);
    }

    [Fact]
    public async Task An_actor_runs_on_the_dispatcher_of_its_props()
    {
        var actor = Sys.ActorOf(Puppets().WithDispatcher("alias"));
        Assert.Equal("fair", await Inside(actor, context => context.Dispatcher.Id));
    }

    [Fact]
    public async Task Work_that_is_no_actors_can_be_scheduled()
    {
        var dispatcher = Sys.Dispatchers.DefaultGlobalDispatcher;
        dispatcher.Schedule(() => Journal.Add("an action"));
        await Journal.Expect("an action");
        dispatcher.Schedule(new ActionRunnable(() => Journal.Add("a runnable")));
        await Journal.Expect("a runnable");
        var runnable = new ActionRunnable(() => Journal.Add("run"));
        runnable.Run();
        runnable.Execute();
        await Journal.Expect("run", "run");
    }

    [Theory]
    [InlineData("pinned")]
    [InlineData("several")]
    public async Task A_dispatcher_may_have_threads_of_its_own(string id)
    {
        var actor = Sys.ActorOf(Puppets().WithDispatcher(id));
        Assert.False(await Inside(actor, _ => Thread.CurrentThread.IsThreadPoolThread));
        Assert.True(await actor.GracefulStop(Patience));
        var next = Sys.ActorOf(Puppets().WithDispatcher(id));
        Assert.False(await Inside(next, _ => Thread.CurrentThread.IsThreadPoolThread));
    }

    [Fact]
    public async Task A_busy_actor_lets_others_run_after_its_throughput()
    {
        // One thread, so that two actors can only take turns.
        const int messages = 100;
        var (busy, other) = (OnOneThread("busy"), OnOneThread("other"));
        await busy.Ask(new Identify(null), Patience);
        await other.Ask(new Identify(null), Patience);
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        busy.Tell(new Blocker(entered, leave));
        entered.Wait(Patience);
        for (var i = 0; i < messages; i++)
            busy.Tell(i);
        other.Tell("my turn");
        leave.Set();
        var before = 0;
        while (await Journal.Next() is not "my turn")
            before++;
        Assert.InRange(before, 0, messages / 2);
    }

    [Fact]
    public async Task A_busy_actor_lets_others_run_after_its_time()
    {
        var actor = Sys.ActorOf(Puppets().WithDispatcher("timed"));
        for (var i = 0; i < 10; i++)
            actor.Tell(i);
        await Journal.Expect(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Fact]
    public async Task Messages_of_the_system_go_before_those_of_users()
    {
        var actor = Puppet();
        var (entered, leave) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var blocked = Inside(actor, _ =>
        {
            entered.Set();
            leave.Wait(Patience);
        });
        entered.Wait(Patience);
        actor.Tell("never");
        await Inside(Puppet(), context => context.Stop(actor));
        leave.Set();
        await blocked;
        await Gone(actor, Sys);
        Journal.ExpectNothing();
    }

    [Fact]
    public async Task The_order_of_one_sender_is_kept_and_nothing_is_lost()
    {
        const int senders = 4, messages = 5_000;
        var sums = Sys.ActorOf(Props.Create(() => new ChecksOrder(Journal, senders * messages)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < messages; i++)
                sums.Tell((sender, i));
        })));
        await Journal.Expect("all in order");
    }

    [Fact]
    public async Task A_users_dispatcher_runs_actors_and_is_shut_down_after_the_last()
    {
        var dispatcher = Assert.IsType<CountingDispatcher>(Sys.Dispatchers.Lookup("own"));
        var configurator = dispatcher.Configurator;
        Assert.Equal(7, configurator.Config.GetInt("mine"));
        Assert.Same(Sys.Scheduler, configurator.Prerequisites.Scheduler);
        Assert.Same(Sys.EventStream, configurator.Prerequisites.EventStream);
        Assert.Same(Sys.Settings, configurator.Prerequisites.Settings);
        var actor = Sys.ActorOf(Puppets().WithDispatcher("own"));
        await Settled(actor);
        Assert.True(dispatcher.Executed > 0);
        Assert.Equal(1, dispatcher.Actors);
        Assert.True(await actor.GracefulStop(Patience));
        await dispatcher.Ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_configurator_can_be_registered()
    {
        var configurator = new CountingConfigurator(
            Sys.Dispatchers.Lookup("fair").Configurator.Config,
            Sys.Dispatchers.Lookup("fair").Configurator.Prerequisites);
        Assert.True(Sys.Dispatchers.RegisterConfigurator("registered", configurator));
        Assert.False(Sys.Dispatchers.RegisterConfigurator("registered", configurator));
        Assert.Same(configurator.Dispatcher(), Sys.Dispatchers.Lookup("registered"));
        await Settled(Sys.ActorOf(Puppets().WithDispatcher("registered")));
    }

    [Fact]
    public async Task A_dispatcher_reports_what_fails()
    {
        Sys.EventStream.Subscribe(Puppet(), typeof(Akka.Event.Error));
        var dispatcher = (CountingDispatcher)Sys.Dispatchers.Lookup("own");
        dispatcher.Report(new InvalidOperationException("boom"));
        Assert.Equal("boom", (await Journal.Next<Akka.Event.Error>()).Message);
    }

    private IActorRef OnOneThread(string name) =>
        Sys.ActorOf(Props.Create(() => new Blockable(Journal)).WithDispatcher("single"), name);

    private sealed record Blocker(ManualResetEventSlim Entered, ManualResetEventSlim Leave);

    private sealed class Blockable(Journal journal) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Blocker blocker)
            {
                blocker.Entered.Set();
                blocker.Leave.Wait(Patience);
            }
            else
            {
                journal.Add(message);
            }
        }
    }

    private sealed class ChecksOrder(Journal journal, int expected) : UntypedActor
    {
        private readonly Dictionary<int, int> _next = [];
        private int _count;

        protected override void OnReceive(object message)
        {
            var (sender, number) = ((int, int))message;
            if (_next.GetValueOrDefault(sender) != number)
                journal.Add($"{number} of {sender} is out of order");
            _next[sender] = number + 1;
            if (++_count == expected)
                journal.Add("all in order");
        }
    }
}

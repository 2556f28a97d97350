using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Decider = Akka.Streams.Supervision.Decider;

namespace Handoff.Compat.Tests.Streams;

public sealed class MaterializerTests : StreamTest
{
    public MaterializerTests()
        : base("my-dispatcher { type = Dispatcher, throughput = 5 }")
    {
    }

    [Fact]
    public async Task Shutting_down_ends_the_streams_abruptly()
    {
        var running = Source.Never<int>().RunWith(Sink.Seq<int>(), Materializer);
        Assert.False(Materializer.IsShutdown);
        Materializer.Shutdown();

        await FailureOf<AbruptStageTerminationException>(running);
        Assert.True(Materializer.IsShutdown);
    }

    [Fact]
    public void After_its_shutdown_nothing_can_be_materialized()
    {
        Materializer.Shutdown();
        Materializer.Shutdown();

        Assert.Throws<Akka.Pattern.IllegalStateException>(() =>
        {
            Source.Empty<int>().To(Sink.Ignore<int>()).Run(Materializer);
        });
    }

    [Fact]
    public async Task A_materializer_of_an_actor_ends_with_it()
    {
        var owner = Puppet();
        var materializer = await Inside(owner, context => context.Materializer());
        Assert.Equal(owner.Path, materializer.Supervisor.Path.Parent);
        var running = Source.Never<int>().RunWith(Sink.Seq<int>(), materializer);
        Sys.Stop(owner);

        await FailureOf<AbruptStageTerminationException>(running);
    }

    [Fact]
    public async Task The_end_of_the_system_ends_its_streams()
    {
        using var system = ActorSystem.Create("other");
        using var materializer = ActorMaterializer.Create(system);
        var running = Source.Never<int>().RunWith(Sink.Seq<int>(), materializer);
        await system.Terminate().WaitAsync(Patience);

        await FailureOf<AbruptStageTerminationException>(running);
    }

    [Fact]
    public async Task A_system_has_one_materializer_of_its_own_and_others_by_other_settings()
    {
        Assert.Same(Materializer, Sys.Materializer());
        Assert.NotSame(Materializer, Sys.Materializer(ActorMaterializerSettings.Create(Sys)));
        Assert.NotSame(Materializer, Sys.Materializer(namePrefix: "mine"));
        var owner = Puppet();
        Assert.NotSame(Materializer, await Inside(owner, context => context.Materializer()));
    }

    [Fact]
    public async Task What_is_fed_from_another_actor_fails_when_its_own_stops()
    {
        var (source, running) = Source.FromGraph(new ProbedSource<int>())
            .Async()
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both)
            .Run(Materializer);
        await source.Started.Task.WaitAsync(Patience);
        await source.Signals.Expect<Signal.Pulled>();
        Materializer.Shutdown();

        await FailureOf<AbruptTerminationException>(running);
    }

    [Fact]
    public async Task A_graph_runs_by_the_system_alone_too() =>
        Assert.Equal([1, 2], await Source.From([1, 2]).RunWith(Sink.Seq<int>(), Sys).WaitAsync(Patience));

    [Fact]
    public void The_settings_come_from_the_configuration_and_can_be_changed()
    {
        var read = ActorMaterializerSettings.Create(Sys);
        Assert.Equal((4, 16), (read.InitialInputBufferSize, read.MaxInputBufferSize));
        Assert.Equal(1000, read.SyncProcessingLimit);
        Assert.False(read.IsDebugLogging);
        Assert.Equal(Akka.Streams.Supervision.Directive.Stop, read.SupervisionDecider(new ArgumentException("any")));

        Decider decider = _ => Akka.Streams.Supervision.Directive.Resume;
        var changed = read.WithInputBuffer(1, 2).WithDispatcher("my-dispatcher").WithSyncProcessingLimit(3)
            .WithDebugLogging(true).WithSupervisionStrategy(decider);
        Assert.Equal((1, 2), (changed.InitialInputBufferSize, changed.MaxInputBufferSize));
        Assert.Equal("my-dispatcher", changed.Dispatcher);
        Assert.Equal(3, changed.SyncProcessingLimit);
        Assert.True(changed.IsDebugLogging);
        Assert.Same(decider, changed.SupervisionDecider);
    }

    [Fact]
    public void What_the_configuration_says_goes_before_the_default()
    {
        var config = ConfigurationFactory.ParseString("akka.stream.materializer.max-input-buffer-size = 64");
        using var system = ActorSystem.Create("configured", config);
        using var materializer = system.Materializer();

        Assert.Equal(64, materializer.Settings.MaxInputBufferSize);
        Assert.Equal(4, materializer.Settings.InitialInputBufferSize);
        Assert.Equal(16, ActorMaterializer.DefaultConfig().GetInt("akka.stream.materializer.max-input-buffer-size"));
    }

    [Fact]
    public async Task A_stage_fails_by_the_strategy_of_the_materializer_or_of_its_own()
    {
        var resuming = Sys.Materializer(
            ActorMaterializerSettings.Create(Sys).WithSupervisionStrategy(Deciders.ResumingDecider));
        var source = Source.From([1, 0, 2]).Select(n => 10 / n);

        Assert.Equal([10, 5], await source.RunWith(Sink.Seq<int>(), resuming).WaitAsync(Patience));
        await FailureOf<DivideByZeroException>(source.RunWith(Sink.Seq<int>(), Materializer));
        var strict = source.WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.StoppingDecider));
        await FailureOf<DivideByZeroException>(strict.RunWith(Sink.Seq<int>(), resuming));
    }

    [Fact]
    public async Task Values_are_combined_as_the_graph_says()
    {
        var left = Source.Empty<int>().MapMaterializedValue(_ => "source");
        var right = Sink.Ignore<int>().MapMaterializedValue(_ => "sink");
        var middle = Flow.Create<int>().MapMaterializedValue(_ => "flow");

        Assert.Equal("source", left.Via(middle).To(right).Run(Materializer));
        Assert.Equal("sink", left.ToMaterialized(right, Keep.Right).Run(Materializer));
        Assert.Equal("flow", left.ViaMaterialized(middle, Keep.Right).To(right).Run(Materializer));
        Assert.Equal(("source", "flow"), left.ViaMaterialized(middle, Keep.Both).To(right).Run(Materializer));
        Assert.Equal(NotUsed.Instance, left.ToMaterialized(right, Keep.None).Run(Materializer));
        Assert.Equal(("source", "sink"), middle.RunWith(left, right, Materializer));
        Assert.Equal("source", right.RunWith(left, Materializer));
        Assert.Equal(6, left.To(right).MapMaterializedValue(name => name.Length).Run(Materializer));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_sink_may_take_what_a_function_makes_of_the_elements()
    {
        var sink = Sink.Seq<int>().ContraMap<string>(int.Parse);

        Assert.Equal([1, 2], await Source.From(["1", "2"]).RunWith(sink, Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_materializer_with_another_name_prefix_is_the_same_one()
    {
        var named = Materializer.WithNamePrefix("mine");
        var running = Source.Never<int>().RunWith(Sink.Seq<int>(), named);
        Materializer.Shutdown();

        await FailureOf<AbruptStageTerminationException>(running);
    }

    [Fact]
    public async Task A_materializer_schedules()
    {
        var once = new TaskCompletionSource();
        Materializer.ScheduleOnce(TimeSpan.FromMilliseconds(1), once.SetResult);
        await once.Task.WaitAsync(Patience);

        var left = 3;
        var thrice = new TaskCompletionSource();
        var repeated = Materializer.ScheduleRepeatedly(TimeSpan.Zero, TimeSpan.FromMilliseconds(2), () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                thrice.SetResult();
        });
        await thrice.Task.WaitAsync(Patience);
        repeated.Cancel();
    }

    [Fact]
    public void A_materializer_logs_by_its_system()
    {
        Assert.Same(Sys, Materializer.System);
        Assert.NotNull(Materializer.Logger);
        Assert.NotNull(Materializer.MakeLogger(this));
        Assert.NotNull(Materializer.ExecutionContext);
    }
}

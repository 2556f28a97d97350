using Akka;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class EndingTests : StreamTest
{
    private static readonly Exception Broken = new ArgumentException("broken");

    public EndingTests()
        : base("akka.loglevel = ERROR")
    {
    }

    private (SourceProbe<int> Source, Task<Done> Ended, SinkProbe<int> Sink) Watched()
    {
        var ((source, ended), sink) = Source.FromGraph(new ProbedSource<int>())
            .WatchTermination(Keep.Both)
            .ToMaterialized(new ProbedSink<int>(), Keep.Both)
            .Run(Materializer);
        Assert.True(Task.WaitAll([source.Started.Task, sink.Started.Task], Patience));
        return (source, ended, sink);
    }

    [Fact]
    public async Task Termination_is_seen_from_either_side()
    {
        var completed = Watched();
        completed.Source.Complete();
        Assert.Equal(Done.Instance, await completed.Ended.WaitAsync(Patience));

        var failed = Watched();
        failed.Source.Fail(Broken);
        await FailureOf<ArgumentException>(failed.Ended);

        var cancelled = Watched();
        cancelled.Sink.Cancel();
        Assert.Equal(Done.Instance, await cancelled.Ended.WaitAsync(Patience));

        var refused = Watched();
        refused.Sink.Cancel(Broken);
        await FailureOf<ArgumentException>(refused.Ended);
    }

    [Fact]
    public async Task Termination_is_watched_in_a_flow_too_and_an_abrupt_one_is_told()
    {
        var ended = Source.Never<int>()
            .ViaMaterialized(Flow.Create<int>().WatchTermination(Keep.Right), Keep.Right)
            .To(Sink.Ignore<int>())
            .Run(Materializer);
        Assert.False(ended.IsCompleted);
        Materializer.Shutdown();

        await Assert.ThrowsAnyAsync<Exception>(() => ended.WaitAsync(Patience));
        Assert.True(ended.IsFaulted);
    }

    [Fact]
    public async Task The_end_of_an_actor_fails_a_stream_that_watches_it()
    {
        var target = Puppet();
        var all = All(Source.Never<int>().Watch(target));
        var other = All(Source.Never<int>().Via(Flow.Create<int>().Watch(target)));
        Sys.Stop(target);

        await FailureOf<WatchedActorTerminatedException>(all);
        await FailureOf<WatchedActorTerminatedException>(other);
    }

    [Fact]
    public async Task What_passes_is_logged_by_level()
    {
        var log = new Recording(Sys);
        Sys.EventStream.Subscribe(log.Actor, typeof(LogEvent));
        var adapter = Logging.GetLogger(Sys, "streams");
        var levels = Attributes.CreateLogLevels(LogLevel.ErrorLevel, LogLevel.ErrorLevel, LogLevel.ErrorLevel);
        await All(Source.Single(7).Log("here", n => $"n{n}", adapter).WithAttributes(levels));
        Assert.Contains("n7", $"{((LogEvent)await log.Next()).Message}", StringComparison.Ordinal);
        Assert.Contains("here", $"{((LogEvent)await log.Next()).Message}", StringComparison.Ordinal);

        await FailureOf<ArgumentException>(All(Source.Failed<int>(Broken).Via(
            Flow.Create<int>().Log("there", log: adapter))));
        Assert.Same(Broken, ((LogEvent)await log.Next()).Cause);
    }

    [Fact]
    public async Task What_a_stage_throws_is_logged()
    {
        var log = new Recording(Sys);
        Sys.EventStream.Subscribe(log.Actor, typeof(Error));
        var broken = Source.Single(1).Via(new OpenFlow<int, int>(logic => logic.OnIn(() => throw Broken)));
        await FailureOf<ArgumentException>(All(broken));

        Assert.Same(Broken, ((Error)await log.Next()).Cause);
        log.ExpectNothing();
    }
}

using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class StageAsyncTests : StreamTest
{
    [Fact]
    public async Task A_callback_from_another_thread_runs_as_a_handler_does()
    {
        Action<int> call = _ => { };
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.OnOut(() => { });
            call = logic.Callback<int>(n => logic.EmitOut(n));
        }));
        await Task.Run(() =>
        {
            for (var i = 1; i <= 100; i++)
                call(i);
        });

        for (var i = 1; i <= 100; i++)
            Assert.Equal(i, await sink.PullNext());
    }

    [Fact]
    public void A_callback_before_the_stage_is_part_of_a_stream_is_refused() =>
        Assert.Throws<Akka.Pattern.IllegalStateException>(() =>
        {
            Source.Empty<int>().Via(new OpenFlow<int, int>(logic => logic.Callback(() => { })()))
                .To(Sink.Ignore<int>()).Run(Materializer);
        });

    [Fact]
    public async Task What_a_callback_throws_fails_the_stage()
    {
        var broken = new InvalidOperationException("broken");
        Action call = () => { };
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => call = logic.Callback(() => throw broken)));
        call();

        Assert.Same(broken, (await sink.Signals.Expect<Signal.Failed>()).Cause);
        await source.Signals.Expect<Signal.Cancelled>();
    }

    [Fact]
    public async Task A_callback_after_the_end_of_the_stage_is_nothing()
    {
        var calls = 0;
        var stopped = new TaskCompletionSource();
        Action call = () => { };
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            call = logic.Callback(() => calls++);
            logic.WhenStopped = stopped.SetResult;
        }));
        sink.Cancel();
        await stopped.Task.WaitAsync(Patience);
        call();
        await source.Settled();

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task A_stage_that_keeps_going_lives_on_with_all_ports_closed()
    {
        var stopped = new TaskCompletionSource();
        Action end = () => { };
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () => logic.KeepGoing(true);
            logic.OnIn(() => { }, () => logic.CompleteOut());
            end = logic.Callback(() => logic.KeepGoing(false));
            logic.WhenStopped = stopped.SetResult;
        }));
        source.Complete();
        await sink.Signals.Expect<Signal.Completed>();
        Assert.False(stopped.Task.IsCompleted);

        end();
        await stopped.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_timer_fires_once_and_is_active_until_then()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () =>
            {
                logic.Once("tick", TimeSpan.FromMilliseconds(20));
                Assert.True(logic.IsActive("tick"));
                Assert.False(logic.IsActive("other"));
            };
            logic.WhenFired = key =>
            {
                Assert.Equal("tick", key);
                Assert.False(logic.IsActive("tick"));
                logic.EmitOut(1, logic.CompleteStage);
            };
        }));

        Assert.Equal(1, await sink.PullNext());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task A_repeated_timer_fires_until_it_is_cancelled()
    {
        var fired = 0;
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () =>
            {
                logic.Repeatedly("again", TimeSpan.FromMilliseconds(5));
                logic.Once("never", TimeSpan.FromMilliseconds(1));
                logic.CancelOf("never");
            };
            logic.WhenFired = key =>
            {
                Assert.Equal("again", key);
                if (++fired < 3)
                    return;
                logic.CancelOf("again");
                Assert.False(logic.IsActive("again"));
                logic.EmitOut(fired);
            };
        }));

        Assert.Equal(3, await sink.PullNext());
    }

    [Fact]
    public async Task A_timer_that_is_started_again_takes_the_place_of_the_first()
    {
        var fired = 0;
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.WhenStarted = () =>
            {
                logic.Once("key", TimeSpan.FromMilliseconds(1));
                logic.Once("key", TimeSpan.FromMilliseconds(30));
                logic.Once("last", TimeSpan.FromMilliseconds(120));
            };
            logic.WhenFired = key =>
            {
                if ((string)key == "key")
                    fired++;
                else
                    logic.EmitOut(fired);
            };
        }));

        Assert.Equal(1, await sink.PullNext());
    }

    [Fact]
    public async Task A_stage_may_materialize_streams_of_its_own()
    {
        var (_, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.OnOut(() => { });
            logic.WhenStarted = () =>
            {
                var emit = logic.Callback<int>(n => logic.EmitOut(n));
                var last = logic.Callback(() => Source.Single(3).To(Sink.ForEach(emit)).Run(logic.Mat));
                Source.From([1, 2]).AlsoTo(Sink.OnComplete<int>(last, _ => { })).To(Sink.ForEach(emit))
                    .Run(logic.SubMat);
            };
        }));

        foreach (var expected in new[] { 1, 2, 3 })
            Assert.Equal(expected, await sink.PullNext());
    }

    [Fact]
    public async Task Handlers_can_be_looked_up_and_put_back()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic => logic.WhenStarted = () =>
        {
            var (before, behind) = (logic.InHandler(), logic.OutHandler());
            logic.InHandledBy(GraphStageLogic.IgnoreTerminateInput);
            logic.OutHandledBy(GraphStageLogic.IgnoreTerminateOutput);
            Assert.Same(IgnoreTerminateInput.Instance, logic.InHandler());
            Assert.Same(IgnoreTerminateOutput.Instance, logic.OutHandler());
            logic.InHandledBy(before);
            logic.OutHandledBy(behind);
        }));
        sink.Pull();
        await source.PushOnDemand(1);

        Assert.Equal(1, await sink.Next());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_condition_says_whether_the_end_of_one_side_ends_the_stage(bool ends)
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.InHandledBy(GraphStageLogic.ConditionalTerminateInput(() => ends));
            logic.OutHandledBy(GraphStageLogic.ConditionalTerminateOutput(() => false));
            logic.WhenStarted = () => logic.Once("later", TimeSpan.FromMilliseconds(30));
            logic.WhenFired = _ => logic.EmitOut(1, logic.CompleteStage);
        }));
        source.Complete();
        sink.Pull();

        if (!ends)
            Assert.Equal(1, await sink.Next());
        await sink.Signals.Expect<Signal.Completed>();
    }

    [Fact]
    public async Task The_eager_handlers_end_the_stage_and_the_ignorant_one_does_not()
    {
        var (source, sink) = Probe(new OpenFlow<int, int>(logic =>
        {
            logic.InHandledBy(GraphStageLogic.TotallyIgnorantInput);
            logic.OutHandledBy(GraphStageLogic.EagerTerminateOutput);
            logic.WhenStarted = () => logic.Once("later", TimeSpan.FromMilliseconds(30));
            logic.WhenFired = _ => logic.EmitOut(1);
        }));
        source.Fail(new InvalidOperationException("ignored"));
        Assert.Equal(1, await sink.PullNext());

        var (other, last) = Probe(new OpenFlow<int, int>(logic =>
            logic.InHandledBy(GraphStageLogic.EagerTerminateInput)));
        other.Complete();
        await last.Signals.Expect<Signal.Completed>();
    }
}

using Akka.Actor;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Tests.Running;

public sealed class SeededSystemTests : IDisposable
{
    private readonly SeededSystem _system = SeededSystem.Create();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void A_run_is_replayed_by_its_seed_in_the_same_system_and_in_another()
    {
        using var other = SeededSystem.Create();
        var orders = new HashSet<string>();
        for (var seed = 1; seed <= 20; seed++)
        {
            var first = Players.Play(_system, seed);
            Assert.Equal(first, Players.Play(_system, seed));
            Assert.Equal(first, Players.Play(other, seed));
            orders.Add(string.Join('\n', first));
        }

        Assert.InRange(orders.Count, 15, 20);
    }

    [Fact]
    public void Timers_awaits_pipes_and_restarts_are_steps_on_the_thread_of_the_test()
    {
        var log = Players.Play(_system, seed: 7);
        foreach (var expected in new[]
        {
            "b restarted", "a after the await", "c tick at 10", "c tick at 20", "a asked b: answer",
            "read 5 bytes", "code resumed at 30",
        })
        {
            Assert.Contains(expected, log);
        }

        Assert.Equal([Environment.CurrentManagedThreadId], Players.Threads);
    }

    [Fact]
    public void Work_of_another_thread_is_an_error_that_tells_where_it_came_from()
    {
        var actor = _system.Actors.ActorOf(Props.Create(() => new Quiet()));
        _system.RunUntilIdle();
        var strange = new Thread(() => actor.Tell("from outside", ActorRefs.NoSender));
        strange.Start();
        strange.Join();
        var thrown = Assert.Throws<InvalidOperationException>(() => _system.RunUntilIdle());
        Assert.Contains(nameof(Work_of_another_thread_is_an_error_that_tells_where_it_came_from), thrown.Message);
        Assert.Equal(1, _system.RunUntilIdle());
    }

    [Fact]
    public void Work_of_another_thread_is_awaited_where_it_is_expected()
    {
        _system.MayComeFromOutside = true;
        var quiet = new TaskCompletionSource();
        var actor = _system.Actors.ActorOf(Props.Create(() => new Quiet(quiet)));
        _system.RunUntilIdle();
        var strange = new Thread(() => actor.Tell("from outside", ActorRefs.NoSender));
        strange.Start();
        while (!quiet.Task.IsCompleted) Assert.True(_system.AwaitOutside(TimeSpan.FromSeconds(20)));
        strange.Join();
    }

    [Fact]
    public void A_run_without_end_is_found()
    {
        _system.MaxSteps = 1000;
        var endless = _system.Actors.ActorOf(Props.Create(() => new Endless()));
        endless.Tell("go", ActorRefs.NoSender);
        var thrown = Assert.Throws<InvalidOperationException>(() => _system.RunUntilIdle());
        Assert.Contains("1000 steps", thrown.Message);
        _system.Actors.Stop(endless);
        _system.RunUntilIdle();
    }

    [Fact]
    public void A_step_cannot_run_another_one()
    {
        Exception? thrown = null;
        _system.PipeScheduler.Schedule(_ => thrown = Record.Exception(() => _system.RunUntilIdle()), null);
        Assert.True(_system.Step());
        Assert.IsType<InvalidOperationException>(thrown);
        Assert.False(_system.Step());
    }

    [Fact]
    public void What_an_actor_fails_with_is_in_the_log_of_the_run()
    {
        var actor = _system.Actors.ActorOf(Props.Create(() => new Failing()));
        actor.Tell("now", ActorRefs.NoSender);
        _system.RunUntilIdle();
        Assert.Contains("a defect", Assert.Single(_system.Logged).Message.ToString(), StringComparison.Ordinal);
        _system.Reset(1);
        Assert.Empty(_system.Logged);
    }

    [Fact]
    public void A_reset_leaves_no_timer_and_sets_the_clock_back()
    {
        var fired = false;
        _system.Advance(TimeSpan.FromSeconds(5));
        using var timer = _system.Clock.CreateTimer(
            _ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _system.Reset(3);
        Assert.Equal((0, TimeSpan.Zero, 3), (_system.Clock.Pending, _system.Clock.Elapsed, _system.Seed));
        _system.Advance(TimeSpan.FromHours(1));
        Assert.False(fired);
    }

    [Fact]
    public async Task What_code_that_awaits_ends_in_is_the_end_of_its_task()
    {
        var failed = _system.Begin(() => throw new InvalidOperationException("at once"));
        var late = _system.Begin(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("later");
        });
        Assert.False(failed.IsCompleted);
        _system.RunUntilIdle();
        Assert.Equal("at once", (await Assert.ThrowsAsync<InvalidOperationException>(() => failed)).Message);
        Assert.Equal("later", (await Assert.ThrowsAsync<InvalidOperationException>(() => late)).Message);
    }

    private sealed class Quiet : ReceiveActor
    {
        public Quiet() => ReceiveAny(_ => { });

        public Quiet(TaskCompletionSource told) => ReceiveAny(_ => told.SetResult());
    }

    private sealed class Endless : ReceiveActor
    {
        public Endless() => ReceiveAny(message => Self.Tell(message));
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new InvalidOperationException("a defect"));
    }
}

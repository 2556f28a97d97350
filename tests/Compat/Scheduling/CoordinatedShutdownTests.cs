using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Configuration;

namespace Handoff.Compat.Tests.Scheduling;

public sealed class CoordinatedShutdownTests : IAsyncLifetime
{
    private const string Quiet = "akka { loggers = [], stdout-loglevel = OFF }";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _done = new();
    private readonly List<ActorSystem> _systems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    // Even where a phase failed on purpose the actors end.
    public async Task DisposeAsync()
    {
        foreach (var system in _systems)
            await system.Terminate().ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience);
    }

    [Fact]
    public async Task The_phases_run_in_order_and_end_with_the_system()
    {
        var shutdown = Shutdown();
        foreach (var phase in new[]
        {
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseClusterExiting,
            CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseServiceRequestsDone, CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
        })
            shutdown.AddTask(phase, phase, () => Note(phase));
        Assert.Null(shutdown.ShutdownReason);

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.Equal(
            [
                "before-service-unbind", "service-unbind", "service-requests-done", "service-stop",
                "before-cluster-shutdown", "cluster-sharding-shutdown-region", "cluster-leave", "cluster-exiting",
                "cluster-exiting-done", "cluster-shutdown", "before-actor-system-terminate",
            ],
            _done);
        Assert.Equal("actor-system-terminate", CoordinatedShutdown.PhaseActorSystemTerminate);
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
        Assert.True(shutdown.System.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Terminating_the_system_runs_the_phases()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", () => Note("stop"));

        await shutdown.System.Terminate().WaitAsync(Patience);

        Assert.Equal(["stop"], _done);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Terminating_does_not_run_the_phases_if_the_configuration_says_so()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", () => Note("stop"));

        await shutdown.System.Terminate().WaitAsync(Patience);

        Assert.Empty(_done);
        Assert.Null(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task The_system_outlives_the_phases_if_the_configuration_says_so()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.terminate-actor-system = off
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """);

        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        Assert.False(shutdown.System.WhenTerminated.IsCompleted);
        await shutdown.System.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task It_runs_once_whoever_asks_and_the_first_reason_stays()
    {
        var shutdown = Shutdown();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", () => Note("stop"));

        var first = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await Task.WhenAll(first, second).WaitAsync(Patience);

        Assert.Equal(["stop"], _done);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task It_can_begin_at_a_later_phase()
    {
        var shutdown = Shutdown();
        foreach (var phase in new[] { "service-unbind", "service-stop", "cluster-leave" })
            shutdown.AddTask(phase, phase, () => Note(phase));

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "service-stop").WaitAsync(Patience);

        Assert.Equal(["service-stop", "cluster-leave"], _done);
    }

    [Fact]
    public async Task The_tasks_of_one_phase_run_at_the_same_time()
    {
        var shutdown = Shutdown();
        var (one, other) = (new TaskCompletionSource(), new TaskCompletionSource());
        shutdown.AddTask("service-stop", "one", () => Meet(one, other, "one"));
        shutdown.AddTask("service-stop", "other", () => Meet(other, one, "other"));

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.Equal(["one", "other"], _done.Order());
    }

    [Fact]
    public async Task A_task_that_fails_is_passed_over()
    {
        var shutdown = Shutdown();
        shutdown.AddTask("service-unbind", "throws", () => throw new InvalidOperationException("boom"));
        shutdown.AddTask("service-unbind", "fails", () => Task.FromException<Done>(new InvalidOperationException()));
        shutdown.AddTask("service-stop", "next", () => Note("next"));

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.Equal(["next"], _done);
    }

    [Fact]
    public async Task A_task_that_fails_ends_it_all_where_the_phase_does_not_recover()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.phases.service-unbind.recover = off
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """);
        shutdown.AddTask(
            "service-unbind", "fails", () => Task.FromException<Done>(new InvalidOperationException("boom")));
        shutdown.AddTask("service-stop", "next", () => Note("next"));

        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience));

        Assert.Contains(failure.Flatten().InnerExceptions, e => e is InvalidOperationException { Message: "boom" });
        Assert.Empty(_done);
        Assert.False(shutdown.System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_task_that_takes_too_long_is_left_behind()
    {
        var shutdown = Shutdown("akka.coordinated-shutdown.phases.service-unbind.timeout = 50ms");
        var never = new TaskCompletionSource<Done>();
        shutdown.AddTask("service-unbind", "never", () => never.Task);
        shutdown.AddTask("service-stop", "next", () => Note("next"));

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.Equal(["next"], _done);
    }

    [Fact]
    public async Task A_task_that_takes_too_long_ends_it_all_where_the_phase_does_not_recover()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.phases.service-unbind { timeout = 50ms, recover = off }
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """);
        var never = new TaskCompletionSource<Done>();
        shutdown.AddTask("service-unbind", "never", () => never.Task);

        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience));

        Assert.Contains(failure.Flatten().InnerExceptions, e => e is TimeoutException);
    }

    [Fact]
    public void A_phase_has_the_time_that_is_configured_and_only_those_with_tasks_count()
    {
        var shutdown = Shutdown(
            "akka.coordinated-shutdown { default-phase-timeout = 2s, phases.service-stop.timeout = 7s }");

        Assert.Equal(TimeSpan.FromSeconds(2), shutdown.Timeout("service-unbind"));
        Assert.Equal(TimeSpan.FromSeconds(7), shutdown.Timeout("service-stop"));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout("actor-system-terminate"));
        Assert.Throws<ArgumentException>(() => shutdown.Timeout("no-such-phase"));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.TotalTimeout);
        shutdown.AddTask("service-stop", "stop", () => Note("stop"));
        Assert.Equal(TimeSpan.FromSeconds(17), shutdown.TotalTimeout);
    }

    [Fact]
    public async Task A_phase_of_ones_own_finds_its_place_by_what_it_depends_on()
    {
        var shutdown = Shutdown("""
            akka.coordinated-shutdown.phases {
              drain { depends-on = [service-unbind] }
              service-requests-done { depends-on = [drain] }
            }
            """);
        foreach (var phase in new[] { "service-requests-done", "drain", "service-unbind" })
            shutdown.AddTask(phase, phase, () => Note(phase));

        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);

        Assert.Equal(["service-unbind", "drain", "service-requests-done"], _done);
    }

    [Fact]
    public void A_task_needs_a_phase_that_there_is() =>
        Assert.Throws<ConfigurationException>(() => Shutdown().AddTask("no-such-phase", "t", () => Note("t")));

    [Fact]
    public void Phases_that_depend_on_each_other_are_refused() =>
        Assert.Throws<ArgumentException>(() => Shutdown("""
            akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """));

    [Fact]
    public async Task A_system_that_has_ended_can_be_terminated_again()
    {
        var shutdown = Shutdown();
        await shutdown.System.Terminate().WaitAsync(Patience);

        await shutdown.System.Terminate().WaitAsync(Patience);

        Assert.Same(shutdown, CoordinatedShutdown.Get(shutdown.System));
        Assert.NotNull(Done.Instance);
    }

    private CoordinatedShutdown Shutdown(string hocon = "")
    {
        var config = ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Quiet));
        var system = ActorSystem.Create("shutdown", config);
        _systems.Add(system);
        return CoordinatedShutdown.Get(system);
    }

    private async Task<Done> Meet(TaskCompletionSource mine, TaskCompletionSource theirs, string name)
    {
        mine.SetResult();
        await theirs.Task.WaitAsync(Patience);
        return await Note(name);
    }

    private Task<Done> Note(string what)
    {
        _done.Enqueue(what);
        return Task.FromResult(Done.Instance);
    }
}

using System.Diagnostics;
using Akka.Event;

namespace Akka.Actor;

public sealed partial class CoordinatedShutdown
{
    private async Task<Done> RunPhases(List<string> phases)
    {
        // Away from the caller, which may be an actor, or hold the lock that it was started under.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            foreach (var phase in phases)
                await RunPhase(phase).ConfigureAwait(false);
            return Done.Instance;
        }
        catch (Exception e)
        {
            throw new AggregateException(e);
        }
    }

    private async Task RunPhase(string phase)
    {
        PhaseTask[] tasks;
        lock (_tasks)
            tasks = _tasks.TryGetValue(phase, out var known) ? known.ToArray() : [];
        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]",
            phase, tasks.Length, string.Join(",", tasks.Select(t => t.Name)));
        if (tasks.Length == 0)
            return;

        var recover = _phases[phase].Recover;
        var all = Task.WhenAll(tasks.Select(t => recover ? RunAndRecover(t, phase) : RunTask(t)));
        if (await EndsInTime(phase, all).ConfigureAwait(false))
            await all.ConfigureAwait(false);
        else if (recover)
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, Timeout(phase));
        else
            throw new TimeoutException($"Coordinated shutdown phase [{phase}] timed out after {Timeout(phase)}");
    }

    // What a task throws before it returns is a failure of the task too.
    private static async Task RunTask(PhaseTask task) => await task.Start().ConfigureAwait(false);

    private async Task RunAndRecover(PhaseTask task, string phase)
    {
        try
        {
            await RunTask(task).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", task.Name, phase, e.Message);
        }
    }

    private async Task<bool> EndsInTime(string phase, Task work)
    {
        var timeout = Timeout(phase);
        var started = Stopwatch.GetTimestamp();
        var expired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ICancelable timer;
        try
        {
            timer = System.Scheduler.Advanced.ScheduleOnceCancelable(timeout, expired.SetResult);
        }
        catch (Exception e) when (e is SchedulerException or InvalidOperationException)
        {
            // The scheduler was stopped before: the system is at its end, and so will be the work.
            return true;
        }

        if (await Task.WhenAny(work, expired.Task).ConfigureAwait(false) == work)
        {
            timer.Cancel();
            return true;
        }

        // A scheduler that is stopped lets all its timers go off, this one too.
        return phase == PhaseActorSystemTerminate && Stopwatch.GetElapsedTime(started) < timeout;
    }
}

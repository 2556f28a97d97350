using Akka;
using Akka.Actor;
using Akka.Event;
using Handoff.Sockets;
using Handoff.Transport;

namespace Handoff.Hosting;

// How Handoff stops with its host: in the phases of CoordinatedShutdown, each of which has a bound of its own.
internal sealed class Drain(ExtendedActorSystem system, HostSettings settings, OwnerIndex sockets, HandoffHost host)
{
    // The actors keep the bounds; an answer only has to travel.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);

    public void Add()
    {
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceUnbind, "handoff-unbind", TimeSpan.Zero, UnbindAsync);
        Add(
            shutdown, CoordinatedShutdown.PhaseServiceRequestsDone, "handoff-finish",
            settings.FinishTimeout, FinishAsync);
        Add(
            shutdown, CoordinatedShutdown.PhaseServiceStop, "handoff-close",
            settings.CloseTimeout + settings.AbortTimeout, CloseAsync);
    }

    private void Add(CoordinatedShutdown shutdown, string phase, string task, TimeSpan within, Func<Task> what)
    {
        var most = shutdown.Timeout(phase);
        if (within > most)
        {
            system.Log.Warning(
                "{0} may take {1}, and phase {2} ends after {3}: raise akka.coordinated-shutdown.phases.{2}.timeout",
                task, within, phase, most);
        }

        shutdown.AddTask(phase, task, async () =>
        {
            await what().ConfigureAwait(false);
            return Done.Instance;
        });
    }

    private Task UnbindAsync() => Task.WhenAll(
        host.Doors.Select(door => door.Actor.Ask<SocketResult>(DoorActor.Shut.Instance, settings.StartTimeout)));

    private Task FinishAsync()
    {
        foreach (var owner in host.Doors.Select(door => door.Owner).Distinct())
            owner.Tell(new Draining(settings.FinishTimeout), ActorRefs.NoSender);
        return RunAsync(DrainStep.Finish, settings.FinishTimeout);
    }

    private async Task CloseAsync()
    {
        if (await RunAsync(DrainStep.Close, settings.CloseTimeout).ConfigureAwait(false) == 0) return;
        await RunAsync(DrainStep.Abort, settings.AbortTimeout).ConfigureAwait(false);
    }

    private async Task<int> RunAsync(DrainStep step, TimeSpan within)
    {
        var span = DrainSpan.Begin();
        int? left = null;
        try
        {
            var actor = system.ActorOf(DrainActor.Props(step, sockets, within), $"handoff-drain-{step}");
            left = await actor.Ask<int>(DrainActor.Begin.Instance, within + AnswerTime).ConfigureAwait(false);
            return left.Value;
        }
        finally
        {
            DrainSpan.End(span, system.Name, step.ToString().ToLowerInvariant(), left);
        }
    }
}

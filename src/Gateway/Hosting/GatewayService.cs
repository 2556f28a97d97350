using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Handoff.Configuration;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Gateway.Keeping;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;
using Handoff.Transport;
using Microsoft.Extensions.Hosting;

namespace Handoff.Gateway.Hosting;

// Starts the gateway's actors when the host starts, and drains them before the host stops the actor system. Registered
// after AddAkka: hosted services stop in the reverse order.
internal sealed class GatewayService(
    ActorSystem system, GatewaySettings settings, ServiceCatalogue catalogue, RunOptions options,
    IHostApplicationLifetime lifetime)
    : IHostedService
{
    // The actor keeps the time-outs of the settings; an answer only has to travel.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _gateway = ActorRefs.Nobody;
    private IActorRef _control = ActorRefs.Nobody;
    private IActorRef _upgrade = ActorRefs.Nobody;
    private Task _watch = Task.CompletedTask;

    // What the gateway needs to stop, the actor system's own time not counted.
    public static TimeSpan StopTime(GatewaySettings settings) =>
        settings.DrainTimeout + settings.EndTimeout + AnswerTime;

    public StartResult? Result { get; private set; }

    // Why the gateway ended of itself; null if it was told to.
    public string? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var handoff = HandoffExtension.For(system);
        _gateway = system.ActorOf(GatewayActor.Props(settings, catalogue, handoff.Sockets, _ended), "gateway");
        if (settings.Kept.IsOn) handoff.Keeper.Tell(settings.Kept.Open);
        if (PrepareControl(handoff, out var address) is { } failed) Result = failed;
        else if (options.TakeOver is not { } old) Result = await StartAloneAsync(address, cancellationToken);
        else Result = await TakeOverAsync(handoff, old, address, cancellationToken);
        if (Result is not StartResult.Started) return;
        _watch = WatchAsync();
        await Notices().TellReadyAsync();
    }

    // An upgrade that is under way is brought to its end first: it may be the end of this process.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Result is StartResult.Started) await Notices().TellStoppingAsync();
        if (Result is StartResult.Started && Failure is null)
        {
            if (!_upgrade.IsNobody())
                await _upgrade.Ask<Abandoned>(Abandon.Instance, Timeout.InfiniteTimeSpan, cancellationToken);
            await _gateway.Ask<Stopped>(Stop.Instance, StopTime(settings), cancellationToken);
        }

        await _watch.WaitAsync(cancellationToken);
    }

    private StartResult.NoControl? PrepareControl(HandoffExtension handoff, out UnixDomainSocketEndPoint? address)
    {
        address = null;
        if (!settings.Control.IsEnabled && options.TakeOver is null) return null;
        _control = system.ActorOf(ControlActor.Props(handoff.Sockets), "control");
        if (!settings.Control.IsEnabled) return null;
        (address, var result) = ControlAddress.Of(settings.Control.Name, handoff.Settings.Processes.Directory);
        if (address is null) return Uncontrolled(result);
        _upgrade = system.ActorOf(
            UpgradeActor.Props(settings, new UpgradeParts
            {
                Gateway = _gateway,
                Control = _control,
                Address = address,
                Sockets = handoff.Sockets,
                Processes = handoff.Processes,
                MostSockets = handoff.Settings.Handles.MaxSockets,
                Command = options.Command,
                Stop = lifetime.StopApplication,
            }),
            "upgrade");
        return null;
    }

    private async Task<StartResult> StartAloneAsync(
        UnixDomainSocketEndPoint? address, CancellationToken cancellationToken)
    {
        var result = await AdoptAsync(cancellationToken);
        if (result is not StartResult.Started || address is null) return result;
        var opened = await _control.Ask<ControlOpened>(
            new OpenControl(address, _upgrade), AnswerTime, cancellationToken);
        if (opened.Result.IsSuccess) return result;
        return Uncontrolled(opened.Result) is { } failed ? failed : result;
    }

    // The keeper's answers are bounded by handoff.keeper.answer-timeout, and those to offers by
    // handoff.handles.answer-timeout.
    private Task<StartResult> AdoptAsync(CancellationToken cancellationToken)
    {
        var adoption = system.ActorOf(
            AdoptionActor.Props(settings, HandoffExtension.For(system).Keeper, _gateway), "adoption");
        var within = settings.Kept.IsOn
            ? Timeout.InfiniteTimeSpan
            : settings.StartTimeout + HandoffExtension.For(system).Settings.Handles.AnswerTimeout + AnswerTime;
        return adoption.Ask<StartResult>(Adopt.Instance, within, cancellationToken);
    }

    private async Task<StartResult> TakeOverAsync(
        HandoffExtension handoff, string old, UnixDomainSocketEndPoint? address, CancellationToken cancellationToken)
    {
        var takeOver = system.ActorOf(
            TakeOverActor.Props(settings, new TakeOverParts
            {
                Old = new UnixDomainSocketEndPoint(old),
                Gateway = _gateway,
                Control = _control,
                Address = address,
                Upgrade = _upgrade,
                Sockets = handoff.Sockets,
                Processes = handoff.Processes,
            }),
            "take-over");

        // The old process bounds each step, and where it is gone, so is the connection to it.
        return await takeOver.Ask<StartResult>(TakeOver.Instance, Timeout.InfiniteTimeSpan, cancellationToken);
    }

    // Null where it is no more than a pity: another gateway of this user has the name that nobody chose.
    private StartResult.NoControl? Uncontrolled(SocketResult why)
    {
        if (settings.Control.IsChosen) return new StartResult.NoControl(why);
        system.Log.Warning("no commands are heard (gateway.control): {0}", why);
        return null;
    }

    private StateNotices Notices() => new(
        KeeperSettings.Read(settings.System).Handles,
        why => system.Log.Warning("the service manager does not hear: {0}", why));

    private async Task WatchAsync()
    {
        var why = await _ended.Task;
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        Failure = why;
        lifetime.StopApplication();
    }
}

using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Services;
using Microsoft.Extensions.Hosting;

namespace Handoff.Gateway.Hosting;

// Starts the gateway's actors when the host starts, and drains them before the host stops the actor system. Registered
// after AddAkka: hosted services stop in the reverse order.
internal sealed class GatewayService(
    ActorSystem system, GatewaySettings settings, ServiceCatalogue catalogue, IHostApplicationLifetime lifetime)
    : IHostedService
{
    // The actor keeps the time-outs of the settings; an answer only has to travel.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _gateway = ActorRefs.Nobody;
    private Task _watch = Task.CompletedTask;

    // What the gateway needs to stop, the actor system's own time not counted.
    public static TimeSpan StopTime(GatewaySettings settings) =>
        settings.DrainTimeout + settings.CloseTimeout + AnswerTime;

    public StartResult? Result { get; private set; }

    // Why the gateway ended of itself; null if it was told to.
    public string? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var sockets = HandoffExtension.For(system).Sockets;
        _gateway = system.ActorOf(GatewayActor.Props(settings, catalogue, sockets, _ended), "gateway");
        Result = await _gateway.Ask<StartResult>(
            Start.Instance, settings.StartTimeout + AnswerTime, cancellationToken);
        if (Result is StartResult.Started) _watch = WatchAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Result is StartResult.Started && Failure is null)
            await _gateway.Ask<Stopped>(Stop.Instance, StopTime(settings), cancellationToken);
        await _watch.WaitAsync(cancellationToken);
    }

    private async Task WatchAsync()
    {
        var why = await _ended.Task;
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        Failure = why;
        lifetime.StopApplication();
    }
}

using Akka.Actor;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Handoff.Hosting.Health;

internal sealed class HandoffHealthCheck(ActorSystem system, object? credential) : IHealthCheck
{
    private readonly TimeSpan _within = new HostSettings(system.Settings.Config).HealthTimeout;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var handoff = HandoffExtension.For(system);
        var survey = new HealthSurvey();
        await survey.RunAsync(
            after => handoff.StatusAsync(after, credential: credential),
            _within, TimeProvider.System, cancellationToken);
        var facts = new HealthFacts(HandoffHost.For(system).Listeners, survey, handoff.IsReserveTouched());
        return facts.Judge(context.Registration.FailureStatus);
    }
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Handoff.Hosting.Health;

internal sealed class HandoffHealthCheck(ActorSystem system, object? credential) : IHealthCheck
{
    // One page: what is stuck is told by any part of many sockets, and a check that asks all of them would be a load.
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var handoff = HandoffExtension.For(system);
        var (page, refusal) = await AskAsync(handoff).WaitAsync(cancellationToken);
        var facts = new HealthFacts(
            HandoffHost.For(system).Listeners, page.Sockets, page.Silent, handoff.IsReserveTouched(), refusal);
        return facts.Judge(context.Registration.FailureStatus);
    }

    private async Task<(SocketPage Page, SocketResult? Refusal)> AskAsync(HandoffExtension handoff)
    {
        try
        {
            return (await handoff.StatusAsync(credential: credential), null);
        }
        catch (SocketFailedException refused)
        {
            return (new SocketPage(new GetSockets(), [], null), refused.Result);
        }
    }
}

using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Handoff.Hosting.Health;

/// <summary>The health of Handoff among the checks of a host.</summary>
public static class HandoffHealthExtensions
{
    /// <summary>
    /// A check that fails where a declared listener does not listen, and is degraded where sockets do not answer,
    /// offers are past their time, or the last descriptors of the process are in use.
    /// </summary>
    /// <param name="builder">The checks of the host.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a listener that does not listen is; null, the default, for
    /// <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The check's tags.</param>
    /// <param name="credential">What policy is shown, as for <c>GetSockets</c>.</param>
    public static IHealthChecksBuilder AddHandoff(
        this IHealthChecksBuilder builder,
        string name = "handoff",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        object? credential = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new HandoffHealthCheck(services.GetRequiredService<ActorSystem>(), credential),
            failureStatus,
            tags));
    }
}

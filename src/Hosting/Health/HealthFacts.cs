using Handoff.Messages;
using Handoff.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Handoff.Hosting.Health;

// What the health is judged by. Refusal: why the sockets were not asked.
internal sealed record HealthFacts(
    IReadOnlyList<HostedListener> Listeners,
    IReadOnlyList<SocketStatus> Sockets,
    IReadOnlyList<long> Silent,
    bool IsReserveTouched,
    SocketResult? Refusal = null)
{
    public HealthCheckResult Judge(HealthStatus failure)
    {
        var offered = Sockets.Where(socket => socket.Offer is not null).ToList();
        var late = offered.Where(socket => socket.Left == TimeSpan.Zero).Select(socket => socket.Facts.Id).ToList();
        var shut = Listeners.Where(listener => listener.EndPoint is null).ToList();
        var why = shut.Select(listener => $"listener {listener.Name} does not listen: {listener.Result}").ToList();
        if (late.Count > 0) why.Add($"offers past their time: sockets {string.Join(", ", late)}");
        if (Silent.Count > 0) why.Add($"no answer: sockets {string.Join(", ", Silent)}");
        if (IsReserveTouched) why.Add("the last descriptors are in use (handoff.io.reserved-descriptors)");
        if (Refusal is not null) why.Add($"the sockets were not asked: {Refusal}");
        var status = shut.Count > 0 ? failure : why.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        return new HealthCheckResult(status, why.Count == 0 ? null : string.Join("; ", why), data: Data(offered));
    }

    private Dictionary<string, object> Data(List<SocketStatus> offered) => new()
    {
        ["listeners"] = Listeners.Count,
        ["sockets"] = Sockets.Count,
        ["offers"] = offered.Count,
        ["silent"] = Silent.Count,
    };
}

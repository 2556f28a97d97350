using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Handoff.Hosting.Health;

// What the health is judged by.
internal sealed record HealthFacts(IReadOnlyList<HostedListener> Listeners, HealthSurvey Survey, bool IsReserveTouched)
{
    // A text that names each of many thousand is read by nobody.
    private const int MostNamed = 16;

    public HealthCheckResult Judge(HealthStatus failure)
    {
        var late = Survey.Offered
            .Where(socket => socket.Left == TimeSpan.Zero).Select(socket => socket.Facts.Id).ToList();
        var shut = Listeners.Where(listener => listener.EndPoint is null).ToList();
        var why = shut.Select(listener => $"listener {listener.Name} does not listen: {listener.Result}").ToList();
        if (late.Count > 0) why.Add($"offers past their time: sockets {Named(late)}");
        if (Survey.Silent.Count > 0) why.Add($"no answer: sockets {Named(Survey.Silent)}");
        if (IsReserveTouched) why.Add("the last descriptors are in use (handoff.io.reserved-descriptors)");
        if (Survey.Refusal is { } refusal) why.Add($"the sockets were not asked: {refusal}");
        if (Survey.IsCut)
            why.Add($"no time for all sockets: {Survey.Answered} answered (handoff.hosting.health.timeout)");
        var status = shut.Count > 0 ? failure : why.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        return new HealthCheckResult(status, why.Count == 0 ? null : string.Join("; ", why), data: Data());
    }

    private static string Named(IReadOnlyList<long> sockets)
    {
        var named = string.Join(", ", sockets.Take(MostNamed));
        return sockets.Count > MostNamed ? $"{named} and {sockets.Count - MostNamed} more" : named;
    }

    private Dictionary<string, object> Data() => new()
    {
        ["listeners"] = Listeners.Count,
        ["sockets"] = Survey.Answered,
        ["offers"] = Survey.Offered.Count,
        ["silent"] = Survey.Silent.Count,
    };
}

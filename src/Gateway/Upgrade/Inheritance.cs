using System.Net;
using Handoff.Gateway.Configuration;

namespace Handoff.Gateway.Upgrade;

// Which of the old process's listeners the new one has a service for.
internal static class Inheritance
{
    // By address, whatever the service was called. One that takes any free port goes on with the port that it has.
    public static IReadOnlyDictionary<EndPoint, string> Of(
        IReadOnlyList<(IPEndPoint At, string Service)> listeners, IReadOnlyList<ServiceSettings> services)
    {
        var inherited = new Dictionary<EndPoint, string>();
        foreach (var (at, _) in listeners)
        {
            if (services.FirstOrDefault(s => at.Equals(s.EndPoint)) is { } same) inherited[at] = same.Name;
        }

        foreach (var (at, name) in listeners)
        {
            if (inherited.ContainsKey(at) || inherited.ContainsValue(name)) continue;
            if (services.Any(s => s.Name == name && s.Port == 0 && s.Address.Equals(at.Address)))
                inherited[at] = name;
        }

        return inherited;
    }
}

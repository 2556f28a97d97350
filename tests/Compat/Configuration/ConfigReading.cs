using Akka.Configuration;

namespace Handoff.Compat.Tests.Configuration;

internal static class ConfigReading
{
    public static IEnumerable<int> Ints(this Config config, params string[] paths) =>
        paths.Select(path => config.GetInt(path));
}

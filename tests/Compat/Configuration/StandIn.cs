using System.Reflection;

namespace Handoff.Compat.Tests.Configuration;

// For the few promises that the real Akka does not make, or breaks now and then.
internal static class StandIn
{
    public static bool IsInUse { get; } = typeof(StandIn).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(a => a is { Key: "AkkaSource", Value: "bundled" });
}

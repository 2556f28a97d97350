using Handoff.TestKit.Scenarios;

namespace Handoff.TestKit.Tests.Scenarios;

// What some stories need beside a transport.
internal static class With
{
    public static bool IsOneSeed => !string.IsNullOrEmpty(OneSeed);

    private static string? OneSeed => Environment.GetEnvironmentVariable(SeedsAttribute.Variable);

    // All that an owner writes is accepted, whether its peer reads or not.
    public static ScenarioSetup RoomToSend(string transport) =>
        ScenarioSetup.On(transport) with { Config = "handoff.io.send-buffer = 64MiB" };

    // One Write may be of more bytes than find room.
    public static ScenarioSetup LargeWrites(string transport) =>
        ScenarioSetup.On(transport) with { Config = "handoff.io.max-write = 64MiB" };

    // For a story that is played with so many that each is no test of its own.
    public static IEnumerable<int> Seeds(int count) => new SeedsAttribute(count).Of(OneSeed);
}

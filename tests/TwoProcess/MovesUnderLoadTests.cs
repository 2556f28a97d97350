using System.Globalization;
using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>Sockets that are in use go between two processes, many times or many at once.</summary>
public sealed class MovesUnderLoadTests
{
    // Two handoffs each.
    private const int Rounds = 500;
    private const int ListenerRounds = 100;

    [LinuxFact]
    public async Task A_connection_is_handed_over_1000_times_under_traffic_and_no_descriptor_is_left_behind()
    {
        await using var scene = await Scene.ToAndFroAsync(connections: 1, Rounds);
        await ServedAsync(scene, connections: 1);
    }

    [LinuxFact]
    public async Task Two_hundred_connections_go_to_and_fro_in_one_batch_under_traffic()
    {
        await using var scene = await Scene.ToAndFroAsync(connections: 200, rounds: 5);
        await ServedAsync(scene, connections: 200);
    }

    [LinuxFact]
    public async Task A_listener_moves_200_times_under_a_connect_storm_and_every_connection_is_answered()
    {
        var folder = Directory.CreateTempSubdirectory("handoff-").FullName;
        await using var far = new Child("far-listener", folder, (HostSettings.RoundsVariable, ListenerRounds));
        await far.SaysAsync("ready");
        await using var near = new Child("near-listener", folder, (HostSettings.RoundsVariable, ListenerRounds));
        var storm = new Storm(int.Parse(await near.SaysAsync("port"), CultureInfo.InvariantCulture));
        storm.Begin(clients: 16);
        await near.SaysAsync("moved");
        Assert.Empty(await storm.EndAsync());
        Assert.True(storm.Answered > 2 * ListenerRounds, $"{storm.Answered} connections are no storm");
        Assert.Null(await storm.SayAsync(Desk.Quit));
        Assert.Equal(0, await near.ExitAsync());
        Assert.Equal(0, await far.ExitAsync());
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ServedAsync(Scene scene, int connections)
    {
        await scene.ServedByAsync(scene.Giver);

        // To the last round.
        var flowing = await scene.Giver.SaysAsync("under-traffic");
        Assert.Equal(connections, int.Parse(flowing, CultureInfo.InvariantCulture));

        // How many descriptors it left open.
        Assert.Equal(0, await scene.Giver.ExitAsync());
        Assert.Equal(0, await scene.Taker.ExitAsync());
    }
}

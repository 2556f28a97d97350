using Handoff.TwoProcess.Tests.Host;
using Handoff.TwoProcess.Tests.Setup;

namespace Handoff.TwoProcess.Tests;

/// <summary>What cannot be taken, or by whom, is refused with a code; the connections go on with the giver.</summary>
public sealed class RefusalTests
{
    // nobody(5) of most systems; any user but our own would do.
    private const int Stranger = 65_534;

    // A token and one descriptor for each connection come.
    [LinuxTheory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(200, 100)]
    [InlineData(200, 200)]
    public async Task A_receiver_at_its_limit_of_descriptors_refuses_all_of_them_and_they_go_on(
        int connections, int free)
    {
        await using var scene = await Scene.ToAndFroAsync(connections, 2, (HostSettings.FreeVariable, free));
        await RefusedAsync(scene, "EENOSOCKS");
    }

    [LinuxTheory]
    [InlineData(HostSettings.FrameVariable)]
    [InlineData(HostSettings.PayloadVariable)]
    [InlineData(HostSettings.MoveVariable)]
    public async Task What_is_too_large_for_the_receiver_is_refused_and_goes_on(string bound)
    {
        await using var scene = await Scene.ToAndFroAsync(connections: 200, rounds: 0, (bound, 4096));
        await RefusedAsync(scene, "EEMSGSIZE", isOffered: bound != HostSettings.FrameVariable);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_taker_refuses_the_offer_of_another_user(bool isHeard)
    {
        await using var scene = await Scene.OfUsersAsync(Stranger, null, giverTakesAnybody: isHeard, false);

        // One that does not listen to us either has a reason of its own.
        Assert.Equal(isHeard ? "Declined" : "Malformed", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal("EESECURITY", await scene.Giver.SaysAsync("why"));
        await scene.ServedByAsync(scene.Giver);
        Assert.Equal("EENOTCONN", await scene.Taker.SaysAsync("nothing"));
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_giver_refuses_the_answer_of_another_user(bool isHeard)
    {
        await using var scene = await Scene.OfUsersAsync(null, Stranger, false, takerTakesAnybody: isHeard);
        Assert.Equal("Malformed", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal("EESECURITY", await scene.Giver.SaysAsync("why"));
        if (isHeard) Assert.Equal("Revoked", await scene.Taker.SaysAsync("outcome"));
        await scene.ServedByAsync(scene.Giver);
    }

    private static async Task RefusedAsync(Scene scene, string code, bool isOffered = true)
    {
        Assert.Equal("Declined", await scene.Giver.SaysAsync("outcome"));
        Assert.Equal(code, await scene.Giver.SaysAsync("why"));
        if (isOffered) Assert.Equal(code, await scene.Taker.SaysAsync("refused"));
        await scene.ServedByAsync(scene.Giver);
        Assert.Equal(0, await scene.Giver.ExitAsync());

        // Nothing that was refused is open there.
        Assert.Equal(0, await scene.Taker.ExitAsync());
    }
}

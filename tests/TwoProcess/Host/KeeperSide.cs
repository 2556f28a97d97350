using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;

namespace Handoff.TwoProcess.Tests.Host;

internal static class KeeperSide
{
    public static async Task<int> RunAsync(HostSettings settings)
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var listener = engine.ListenRecords(settings.Control, 16).Socket!;
        HostSettings.Say("ready");
        var port = new FaultyKeeper(new KeeperPort(), settings.Fault);
        var keeper = new Keeper(engine, settings.Keeper, PeerRule.SameUser, port, HostSettings.Say);
        await keeper.RunAsync(listener, default);
        return 0;
    }
}

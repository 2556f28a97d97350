using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Systemd;

namespace Handoff.Gateway.Hosting;

// Whoever started this process and wants to hear how it is (NOTIFY_SOCKET of sd_notify(3)); most do not. What it is
// told is a courtesy: that it did not arrive is told in the log.
internal sealed class StateNotices(HandleOptions options, Action<SocketResult> failed)
{
    public Task TellReadyAsync() => TellAsync(static store => store.ReadyAsync());

    public Task TellStoppingAsync() => TellAsync(static store => store.StoppingAsync());

    private async Task TellAsync(Func<FdStore, ValueTask<SocketResult>> what)
    {
        if (!LinuxEngine.IsSupported || Environment.GetEnvironmentVariable(FdStore.Variable) is not { Length: > 0 })
            return;
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        var (store, result) = FdStore.Open(engine, options);
        using (store)
        {
            if (store is not null) result = await what(store);
        }

        if (!result.IsSuccess) failed(result);
    }
}

namespace Handoff.TwoProcess.Tests.Host;

// Gives a name until it is killed.
internal static class NameHolding
{
    public static async Task<int> HoldAsync(HostSettings settings)
    {
        using var place = new NamePlace(settings.Runtime, settings.Options);
        var (held, result) = await place.GiveAsync();
        HostSettings.Say($"gives {result.Code}");
        await new TaskCompletionSource().Task;
        held?.Dispose();
        return 0;
    }

    // Again and again, so that it is killed anywhere.
    public static async Task<int> ComeAndGoAsync(HostSettings settings)
    {
        using var place = new NamePlace(settings.Runtime, settings.Options);
        for (var round = 0; ; round++)
        {
            var (held, result) = await place.GiveAsync();
            if (held is null) HostSettings.Say($"failed {result}");
            held?.Dispose();
            if (round == 10) HostSettings.Say("goes");
        }
    }
}

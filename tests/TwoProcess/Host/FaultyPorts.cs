using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;

namespace Handoff.TwoProcess.Tests.Host;

internal sealed class FaultyGiver(IGiverPort real, Fault? fault) : IGiverPort
{
    public async ValueTask<GiverEvent?> DoAsync(GiverEffect effect)
    {
        Fault.Strike(fault, effect, isAfter: false);
        var ended = await real.DoAsync(effect);
        Fault.Strike(fault, effect, isAfter: true);
        return ended;
    }

    public ValueTask<GiverEvent> NextAsync() => real.NextAsync();
}

internal sealed class FaultyTaker(ITakerPort real, Fault? fault) : ITakerPort
{
    public async ValueTask<TakerEvent?> DoAsync(TakerEffect effect)
    {
        Fault.Strike(fault, effect, isAfter: false);
        var ended = await real.DoAsync(effect);
        Fault.Strike(fault, effect, isAfter: true);
        return ended;
    }

    public ValueTask<TakerEvent> NextAsync() => real.NextAsync();
}

using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Handles.Driving;

internal static class Giver
{
    // Offers the consignment to the process at the other end of the channel, and ends when one of the two has it for
    // good. One move at a time on a channel. Revoke takes it back, as long as nobody has taken it.
    public static async ValueTask<MoveResult> GiveAsync(
        FrameChannel channel, ulong id, IConsignment consignment, CancellationToken revoke)
    {
        using var port = new GiverPort(channel, id, consignment, revoke);
        return await RunAsync(port).ConfigureAwait(false);
    }

    public static async ValueTask<MoveResult> RunAsync(IGiverPort port)
    {
        var step = GiverTable.Start();
        MoveResult? result = null;
        while (true)
        {
            GiverEvent? ended = null;
            foreach (var effect in step.Effects)
            {
                result ??= Told(effect);
                ended = await port.DoAsync(effect).ConfigureAwait(false) ?? ended;
            }

            if (step.Next.IsOver) return result!;
            step = GiverTable.Next(step.Next, ended ?? await NextAsync(port).ConfigureAwait(false));
        }
    }

    // Whatever goes wrong here, once the transfer was sent nothing but the token says who has the sockets.
    private static async ValueTask<GiverEvent> NextAsync(IGiverPort port)
    {
        try
        {
            return await port.NextAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return new GiverEvent.Confused(new(
                ResultCode.EEABORTED, $"the giver failed by {failure.GetType().Name}: {failure.Message}"));
        }
    }

    private static MoveResult? Told(GiverEffect effect) => effect switch
    {
        GiverEffect.TellReleased => MoveResult.Moved,
        GiverEffect.TellKept kept => MoveResult.Of(kept.Why),
        _ => null,
    };
}

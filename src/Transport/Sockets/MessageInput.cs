using System.Buffers;

namespace Handoff.Transport.Sockets;

// The reading side of a lease whose owner reads by messages. What was taken stays in the queue until it is consumed,
// so that the next owner, or the same one after a revert, finds it there; only consuming makes room.
internal sealed class MessageInput(ConnectionCore core, SocketLease lease, Action ready)
{
    private bool _armed;

    // A copy of what stands at the position. With nothing there: the end, if this is the end (success for the peer's
    // FIN, and where this side takes no more), else null, and ready is called when there is more.
    public ReadOnlyMemory<byte> Take(long position, int most, out SocketResult? end)
    {
        lock (core.Gate)
        {
            lease.Demand();
            end = core.Ending.Refusal.IsSuccess ? null : core.Ending.Refusal;
            if (end is not null || core.Delivery is not Delivery.Held) return default;
            var length = Math.Min(most, core.In.Received - position);
            if (length > 0 && core.In.UnreadLength > 0)
                return core.In.Unread.Slice(position - core.In.Consumed, length).ToArray();
            end = core.ReceiveSide.State switch
            {
                InputState.Finished or InputState.Shut => SocketResult.Success,
                InputState.Failed failed => failed.Why,
                _ => null,
            };
            _armed = end is null;
            return default;
        }
    }

    public void Consume(long position)
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            lease.Demand();
            if (!core.Ending.Refusal.IsSuccess || position <= core.In.Consumed) return;
            core.In.ConsumeTo(position);
            core.ReceiveSide.Wake(ref wakes);
            core.Ending.CheckFinished(ref wakes);
        }

        wakes.Fire();
    }

    // True if ready has to be called, once the gate is left.
    public bool Notice()
    {
        var due = _armed;
        _armed = false;
        return due;
    }

    public void Fire() => ready();
}

namespace Handoff.Transport.Sockets.Messages;

// The reading side of a lease whose owner reads by messages of its own. What was taken stays in the queue until it is
// consumed, so that the next owner, or the same one after a revert, finds it there; only consuming makes room.
internal sealed class MessageInput(MessageCore core, MessageLease lease, Action ready)
{
    private bool _armed;

    // A copy of what stands at the position; false if nothing is there: then ready is called when there is more.
    public bool TryTake(long position, out MessageResult message)
    {
        message = default;
        lock (core.Gate)
        {
            if (!lease.IsCurrent || !core.Ending.Refusal.IsSuccess || core.Delivery is not Delivery.Held) return false;
            if (position < core.In.End)
            {
                message = core.In[position];
                message = message with { Bytes = message.Bytes.ToArray() };
                return true;
            }

            // An end that is none of the peer's own doing is told otherwise.
            if (core.Receiver.State is InputState.Finished)
            {
                message = MessageResult.Ended(ResultCode.EESUCCESS);
                return true;
            }

            _armed = core.Receiver.State is InputState.Flowing;
            return false;
        }
    }

    public void Consume(long position)
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            if (!lease.IsCurrent) return;
            core.Consume(position, ref wakes);
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

using Handoff.Transport;

namespace Handoff.Sockets;

// Poison input: what an owner crashes on is delivered to it again, and it crashes again. With nothing to read a crash
// had another cause, often another of the owner's sockets, and is not counted.
internal struct Reattachments(int max)
{
    private Positions _last;
    private int _count;

    public void BeginWith(Positions start)
    {
        _last = start;
        _count = 0;
    }

    // Null if the owner may go on from here.
    public SocketResult? Again(Positions now)
    {
        if (now.Consumed > _last.Consumed || now.Written > _last.Written) _count = 0;
        else if (now.HasInput) _count++;
        _last = now;
        if (_count <= max) return null;
        var why = $"Reattach: {max} times without progress since position {now.Consumed}; handoff.owner.max-reattach";
        return new(ResultCode.EEQUOTA, why);
    }
}

using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// The part that is of a keeper.
internal sealed partial class Custody
{
    // Whoever has to hear of a move, if anybody.
    private Keeping? _keeper;

    // It came with a copy that somebody has: its end is told to whoever lets go of that.
    public void BeginStored()
    {
        _keeper = rules.Keeping;
        _keeper.Desk?.Tell(new Keeping.Left(_self, id), _self);
    }

    // Permitted already.
    public void Keep(Keep keep)
    {
        if (rules.Keeping.Desk is not { } desk)
        {
            Refuse(keep, new SocketResult(ResultCode.EEMODENOTSUPP, "Keep: nobody keeps sockets here"));
            return;
        }

        var (copy, code) = owned.Share();
        if (copy is null)
        {
            Refuse(keep, new SocketResult(code, $"Keep: the socket cannot be kept: {code.Text()}"));
            return;
        }

        _keeper = rules.Keeping;
        desk.Tell(new Keeping.Ask(_self, keep, owned.Facts(), copy, AnswerTo()), _self);
    }

    // It ends, and its actor may live on.
    public void Withdraw()
    {
        _keeper?.Desk?.Tell(new Keeping.Withdraw(_self), _self);
        _keeper = null;
    }

    private void OnKeepingLost(Notice.KeepingLost lost)
    {
        TellOwner(handle => new KeepingLost(handle, lost.Why));
    }
}

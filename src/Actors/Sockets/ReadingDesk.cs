using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// What remains of an owner's commands to a socket that is read, of whatever kind: how, and what goes by messages.
internal static class ReadingDesk
{
    public static void Carry(ISocketCommand command, IReadable owned, Custody custody)
    {
        if (command is ReadBy change)
        {
            OnReadBy(change, owned, custody);
        }
        else if (command is ReadDurably or Keep or StartTls)
        {
            var why = $"{command.GetType().Name} does not fit a socket of messages";
            custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
        }
        else if (owned.Reader is { } messages)
        {
            messages.Carry(command);
        }
        else
        {
            var why = $"{command.GetType().Name}: the owner reads by lease; ReadBy messages first";
            custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
        }
    }

    private static void OnReadBy(ReadBy change, IReadable owned, Custody custody)
    {
        if (owned.Reader is { } messages && change.Reading is Reading.ByMessages by)
        {
            messages.Credit(by);
            return;
        }

        // A lease that is in use cannot be taken away: the check is the one that a release makes.
        var busy = owned.Pause(default);
        if (busy.IsSuccess) custody.Reply(owned.ReadBy(change.Handle, change.Reading) ?? new Confirmed(change));
        else custody.Refuse(change, busy);
    }
}

using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sctp;

namespace Handoff.Sockets;

// What is asked of SCTP beyond messages and ownership, of an association and of a one-to-many socket alike.
internal static class AssociationCommands
{
    // False if it is about something else. Custody has permitted it; null where the socket is no SCTP.
    public static bool TryCarry(ISocketCommand command, ISctpSocket? socket, Custody custody)
    {
        var isOfSctp = command is BindAddresses or SetAssociationOption or GetAssociationOption
            or GetAssociationAddresses or GetAssociationStatus;
        if (socket is not null && isOfSctp)
        {
            Carry(command, socket, custody);
            return true;
        }

        if (socket is not null || !(isOfSctp || command is Peeloff or WantEvents or Associate)) return false;
        var why = $"{command.GetType().Name}: the socket is no SCTP";
        custody.Refuse(command, new SocketResult(ResultCode.EEMODENOTSUPP, why));
        return true;
    }

    private static void Carry(ISocketCommand command, ISctpSocket socket, Custody custody)
    {
        var association = socket.Association;
        switch (command)
        {
            case BindAddresses bind:
                Answer(bind, new Confirmed(bind), socket.Bind(bind.Addresses, bind.Binding).Code, custody);
                break;
            case SetAssociationOption set:
                Answer(set, new Confirmed(set), socket.SetOption(association, set.Option).Code, custody);
                break;
            case GetAssociationOption get:
                var (value, code) = socket.GetOption(association, get.Kind);
                Answer(get, new AssociationOptionValue(get, new SctpOption(get.Kind, value)), code, custody);
                break;
            case GetAssociationStatus get:
                var (status, told) = socket.GetStatus(association);
                Answer(get, new AssociationStatus(get, status!), told, custody);
                break;
            case GetAssociationAddresses get:
                Answer(get, socket, custody);
                break;
        }
    }

    private static void Answer(GetAssociationAddresses get, ISctpSocket socket, Custody custody)
    {
        var (local, code) = socket.GetLocalAddresses(socket.Association);
        var peer = socket.Association == default
            ? SctpOr<IReadOnlyList<System.Net.IPEndPoint>>.Of([])
            : socket.GetPeerAddresses(socket.Association);
        if (code is ResultCode.EESUCCESS) code = peer.Code;
        Answer(get, new AssociationAddresses(get, local!, peer.Value!), code, custody);
    }

    private static void Answer(ISocketCommand command, object answer, ResultCode code, Custody custody)
    {
        if (code is ResultCode.EESUCCESS) custody.Reply(answer);
        else custody.Refuse(command, new SocketResult(code, $"{command.GetType().Name}: {code.Text()}"));
    }
}

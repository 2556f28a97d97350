using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

internal sealed unsafe partial class UsrsctpSocket
{
    private readonly HashSet<SctpAssociationId> _aborted = []; // here, and not told yet

    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        ResultCode code;
        lock (_sending)
        {
            if (_isClosed || !_handle.TryEnter(out var socket)) return IoResult.Failed(ResultCode.EEBADF);
            try
            {
                code = SctpRules.Obstacle(Style, message.Length, info, to) ?? Send(socket, message, info, to);
            }
            finally
            {
                _handle.Leave();
            }
        }

        if (code is not ResultCode.EESUCCESS) return IoResult.Failed(code);
        if (message.IsEmpty) Heard(); // what ends here is told without an upcall
        return IoResult.Moved(message.Length);
    }

    private ResultCode Send(nint socket, ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to)
    {
        if (_isOver) return ResultCode.EENOTCONN;
        var code = Named(socket, info, to, out var association);
        if (code is not ResultCode.EESUCCESS) return code;
        var isAbort = info.Flags.HasFlag(SctpSendFlags.Abort);
        if (isAbort) Remember(socket, association);
        var isTo = to is not null && ((association == 0 && Style is SctpStyle.OneToMany) || IsOverride(info));
        var name = stackalloc byte[UsrsctpAddresses.Largest];
        if (isTo) SocketName.Write(to!, new Span<byte>(name, UsrsctpAddresses.Largest));
        var how = UsrsctpInfo.Of(info, association);
        byte nothing = 0;
        nint count;
        fixed (byte* bytes = message)
        {
            count = UsrsctpCalls.Send(
                socket, bytes is null ? &nothing : bytes, (nuint)message.Length, isTo ? name : null, isTo ? 1 : 0,
                &how, (uint)sizeof(UsrsctpInfo.Sent), UsrsctpNumbers.SendAttributes, 0);
        }

        if (count >= 0) return ResultCode.EESUCCESS;
        code = UsrsctpErrors.OfSend(Errors.Last);
        return code is ResultCode.EEINVAL && association != 0 && StatusOf(socket, association) is null
            ? ResultCode.EENOTCONN
            : code;
    }

    private static bool IsOverride(in SctpSendInfo info) => info.Flags.HasFlag(SctpSendFlags.AddressOverride);

    // Which association it is for; 0 for the only one, or one that is to begin.
    private ResultCode Named(nint socket, in SctpSendInfo info, IPEndPoint? to, out int association)
    {
        association = Style is SctpStyle.OneToMany ? info.Association.Value : 0;
        if (Style is not SctpStyle.OneToMany || association != 0) return ResultCode.EESUCCESS;
        if (!IsFit(to!)) return ResultCode.EEBADADDR;
        if (_stack.Places.IsPeeledOff(LocalEndPoints, to!)) return ResultCode.EEADDRINUSE;
        if ((info.Flags & (SctpSendFlags.Abort | SctpSendFlags.EndAssociation)) == 0) return ResultCode.EESUCCESS;
        fixed (byte* name = UsrsctpAddresses.Write([to!])) association = UsrsctpCalls.AssociationOf(socket, name);
        return association == 0 ? ResultCode.EENOTCONN : ResultCode.EESUCCESS;
    }

    private bool IsFit(IPEndPoint to) =>
        to.Port > 0 && LocalEndPoints.Any(address => address.AddressFamily == to.AddressFamily);

    private void Remember(nint socket, int association)
    {
        var id = association != 0 ? new SctpAssociationId(association) : Association;
        if (StatusOf(socket, association) is null) return;
        lock (_aborted) _aborted.Add(id);
    }

    private bool WasAbortedHere(SctpAssociationId association)
    {
        lock (_aborted) return _aborted.Remove(association);
    }
}

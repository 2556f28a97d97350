using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp;

// What is refused before a stack is asked, by every back end.
internal static class SctpRules
{
    private const SctpPeelFlags Known = SctpPeelFlags.NonBlocking | SctpPeelFlags.CloseOnExec;

    // Null: all of one port, so that they may be one endpoint.
    public static ResultCode? Obstacle(IReadOnlyList<IPEndPoint> addresses)
    {
        for (var i = 1; i < addresses.Count; i++)
        {
            if (addresses[i].Port != addresses[0].Port) return ResultCode.EEBADADDR;
        }

        return null;
    }

    public static ResultCode? Obstacle(SctpStyle style, int length, in SctpSendInfo info, IPEndPoint? to)
    {
        var ends = info.Flags.HasFlag(SctpSendFlags.EndAssociation);
        if (ends && length > 0) return ResultCode.EEINVAL;
        if (length == 0 && !ends && !info.Flags.HasFlag(SctpSendFlags.Abort)) return ResultCode.EEINVAL;
        if (info.Flags.HasFlag(SctpSendFlags.AddressOverride) && to is null) return ResultCode.EEINVAL;
        return style is SctpStyle.OneToMany && info.Association == default && to is null
            ? ResultCode.EENOADDR
            : null;
    }

    public static ResultCode? Obstacle(SctpStyle style, SctpAssociationId association, SctpPeelFlags flags) =>
        (flags & ~Known) != 0 || style is not SctpStyle.OneToMany || association == default
            ? ResultCode.EEINVAL
            : null;

    public static bool Tells(this SctpEventKinds wanted, SctpEvent what) => what switch
    {
        SctpPeerShutdown => wanted.HasFlag(SctpEventKinds.PeerShutdown),
        SctpAddressChanged => wanted.HasFlag(SctpEventKinds.AddressChanged),
        SctpSendFailed => wanted.HasFlag(SctpEventKinds.SendFailed),
        SctpPartialDeliveryAborted => wanted.HasFlag(SctpEventKinds.PartialDeliveryAborted),
        SctpAdaptation => wanted.HasFlag(SctpEventKinds.Adaptation),
        SctpSenderDry => wanted.HasFlag(SctpEventKinds.SenderDry),
        SctpRemoteError => wanted.HasFlag(SctpEventKinds.RemoteError),
        _ => true,
    };

    // After it nothing comes of its association.
    public static bool IsLast(this SctpEvent what) => what is SctpShutdownComplete or SctpLost or SctpCannotStart;
}

using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// Notifications, as usrsctp.h lays them out.
internal static class UsrsctpNotice
{
    private const int AssociationChange = 1;
    private const int AddressChange = 2;
    private const int RemoteError = 3;
    private const int ShutdownEvent = 5;
    private const int Adaptation = 6;
    private const int PartialDelivery = 7;
    private const int SenderDry = 10;
    private const int SendFailed = 14;

    private const int Up = 1;
    private const int Lost = 2;
    private const int Restart = 3;
    private const int ShutdownComplete = 4;
    private const int CannotStart = 5;

    private const int ChangeLength = 20; // without sac_info
    private const int ChunkHeader = 4; // RFC 9260, 3.2
    private const int FailedLength = 32;
    private const ushort WasSent = 2;

    public static IReadOnlyList<(SctpEventKinds Kind, ushort Type)> Types { get; } =
    [
        (SctpEventKinds.AddressChanged, AddressChange), (SctpEventKinds.RemoteError, RemoteError),
        (SctpEventKinds.PeerShutdown, ShutdownEvent), (SctpEventKinds.Adaptation, Adaptation),
        (SctpEventKinds.PartialDeliveryAborted, PartialDelivery), (SctpEventKinds.SendFailed, SendFailed),
    ];

    public static ushort OfLife => AssociationChange;

    public static ushort OfDry => SenderDry;

    // Null for what nobody has asked for. What was aborted here is said by who knows it.
    public static SctpEvent? Read(ReadOnlySpan<byte> notice, Func<SctpAssociationId, bool> wasAbortedHere)
    {
        if (notice.Length < 12) return null;
        return Number16(notice, 0) switch
        {
            AssociationChange when notice.Length >= ChangeLength => Change(notice, wasAbortedHere),
            AddressChange when notice.Length >= 148 => Address(notice),
            RemoteError when notice.Length >= 16 => new SctpRemoteError(Id(notice, 12), Number16(notice, 8)),
            ShutdownEvent => new SctpPeerShutdown(Id(notice, 8)),
            Adaptation when notice.Length >= 16 => new SctpAdaptation(Id(notice, 12), Number32(notice, 8)),
            PartialDelivery when notice.Length >= 24 =>
                new SctpPartialDeliveryAborted(Id(notice, 20), (ushort)Number32(notice, 12)),
            SenderDry => new SctpSenderDry(Id(notice, 8)),
            SendFailed when notice.Length >= FailedLength => Failed(notice),
            _ => null,
        };
    }

    private static SctpEvent? Change(ReadOnlySpan<byte> notice, Func<SctpAssociationId, bool> wasAbortedHere)
    {
        var association = Id(notice, 16);
        var (outbound, inbound) = (Number16(notice, 12), Number16(notice, 14));
        var error = Number16(notice, 10);
        var isOfPeer = notice.Length >= ChangeLength + ChunkHeader; // the ABORT that it sent
        return Number16(notice, 8) switch
        {
            Up => new SctpUp(association, outbound, inbound),
            Restart => new SctpRestarted(association, outbound, inbound),
            ShutdownComplete => new SctpShutdownComplete(association),
            Lost when wasAbortedHere(association) => new SctpLost(association, ResultCode.EEABORTED, error),
            Lost => new SctpLost(association, isOfPeer ? ResultCode.EERESET : ResultCode.EETIMEDOUT, error),
            CannotStart when wasAbortedHere(association) => new SctpCannotStart(association, ResultCode.EEABORTED),
            CannotStart => new SctpCannotStart(
                association, isOfPeer ? ResultCode.EECONNREFUSED : ResultCode.EETIMEDOUT),
            _ => null,
        };
    }

    private static SctpAddressChanged? Address(ReadOnlySpan<byte> notice)
    {
        const int Address = 8, Behind = 136;
        SctpAddressState? state = Number32(notice, Behind) switch
        {
            1 => SctpAddressState.Available,
            2 => SctpAddressState.Unreachable,
            3 => SctpAddressState.Removed,
            4 => SctpAddressState.Added,
            5 => SctpAddressState.MadePrimary,
            6 => SctpAddressState.Confirmed,
            _ => null,
        };
        return state is { } known && SocketName.Read(notice[Address..Behind]) is IPEndPoint address
            ? new SctpAddressChanged(Id(notice, Behind + 8), address, known)
            : null;
    }

    private static SctpSendFailed Failed(ReadOnlySpan<byte> notice)
    {
        const int Info = 12;
        var flags = Number16(notice, Info + 2);
        var info = new SctpSendInfo
        {
            Association = Id(notice, Info + 12),
            Stream = Number16(notice, Info),
            PayloadProtocol = UsrsctpInfo.Turned(Number32(notice, Info + 4)),
            Context = Number32(notice, Info + 8),
            Flags = (flags & UsrsctpNumbers.Unordered) != 0 ? SctpSendFlags.Unordered : SctpSendFlags.None,
        };
        return new SctpSendFailed(
            Id(notice, 28),
            Number16(notice, 2) == WasSent,
            Number32(notice, 8),
            info,
            notice[FailedLength..].ToArray());
    }

    private static SctpAssociationId Id(ReadOnlySpan<byte> notice, int offset) =>
        new(BitConverter.ToInt32(notice[offset..]));

    private static ushort Number16(ReadOnlySpan<byte> notice, int offset) => BitConverter.ToUInt16(notice[offset..]);

    private static uint Number32(ReadOnlySpan<byte> notice, int offset) => BitConverter.ToUInt32(notice[offset..]);
}

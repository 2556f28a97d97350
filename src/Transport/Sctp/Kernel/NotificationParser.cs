using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// union sctp_notification of linux/sctp.h: type, flags, length, then what the type says. Numbers are in the order of
// the machine, but for error causes. What is shorter than its type, or unknown, is nothing.
internal static class NotificationParser
{
    private const int Header = 8;
    private const ushort AssociationChange = 0x8001;
    private const ushort AddressChange = 0x8002;
    private const ushort SendFailed = 0x8003;
    private const ushort RemoteError = 0x8004;
    private const ushort Shutdown = 0x8005;
    private const ushort PartialDelivery = 0x8006;
    private const ushort Adaptation = 0x8007;
    private const ushort SenderDry = 0x8009;
    private const ushort SendFailedEvent = 0x800D;

    // The error cause "user-initiated abort" (RFC 9260, 3.3.10.12).
    private const ushort UserAbort = 12;

    public static SctpNotification? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Header) return null;
        return UShort(bytes, 0) switch
        {
            AssociationChange when bytes.Length >= 20 => OfAssociation(bytes),
            AddressChange when bytes.Length >= 148 => OfAddress(bytes),
            SendFailed when bytes.Length >= 48 => OfSend(
                bytes, Id(bytes, 44), UShort(bytes, 12), UInt(bytes, 20), UInt(bytes, 24), bytes[48..]),
            SendFailedEvent when bytes.Length >= 32 => OfSend(
                bytes, Id(bytes, 28), UShort(bytes, 12), UInt(bytes, 16), UInt(bytes, 20), bytes[32..]),
            RemoteError when bytes.Length >= 16 => Told(new SctpRemoteError(Id(bytes, 12), Cause(bytes, 8))),
            Shutdown when bytes.Length >= 12 => Told(new SctpPeerShutdown(Id(bytes, 8))),
            PartialDelivery when bytes.Length >= 16 => OfPartialDelivery(bytes),
            Adaptation when bytes.Length >= 16 => Told(new SctpAdaptation(Id(bytes, 12), UInt(bytes, 8))),
            SenderDry when bytes.Length >= 12 => Told(new SctpSenderDry(Id(bytes, 8))),
            _ => null,
        };
    }

    // An association that failed for a reason that is not told here has the code None: see EndCauses.
    private static SctpNotification? OfAssociation(ReadOnlySpan<byte> bytes)
    {
        var (outbound, inbound, association) = (UShort(bytes, 12), UShort(bytes, 14), Id(bytes, 16));
        var cause = Cause(bytes, 10);
        return UShort(bytes, 8) switch
        {
            0 => Told(new SctpUp(association, outbound, inbound)),
            1 => Told(new SctpLost(association, CodeOf(cause, hasPeersWords: bytes.Length > 20), cause)),
            2 => Told(new SctpRestarted(association, outbound, inbound)),
            3 => Told(new SctpShutdownComplete(association)),
            4 => Told(new SctpCannotStart(association, CodeOfBegun(cause))),
            _ => null,
        };
    }

    // Of an association that did not come up the peer's words never come along.
    private static ResultCode CodeOfBegun(ushort cause) => cause switch
    {
        0 => ResultCode.None,
        UserAbort => ResultCode.EEABORTED,
        _ => ResultCode.EECONNREFUSED,
    };

    // What the peer's abort said comes along; this side's has nothing with it, and a cause.
    private static ResultCode CodeOf(ushort cause, bool hasPeersWords)
    {
        if (hasPeersWords) return ResultCode.EERESET;
        if (cause == UserAbort) return ResultCode.EEABORTED;
        return cause == 0 ? ResultCode.None : ResultCode.EERESET;
    }

    private static SctpNotification? OfAddress(ReadOnlySpan<byte> bytes)
    {
        const int Available = 0, Unreachable = 1, Confirmed = 5, PotentiallyFailed = 6;
        var (state, association) = (Int(bytes, 136), Id(bytes, 144));
        bool? answers = state switch
        {
            Available or Confirmed => true,
            Unreachable or PotentiallyFailed => false,
            _ => null,
        };
        var isTold = state is >= Available and <= Confirmed;
        if (AddressList.ReadOne(bytes.Slice(Header, Native.LargestAddress)) is not { } address || !isTold)
            return new SctpNotification(association, null) { Answers = answers };
        return Told(new SctpAddressChanged(association, address, (SctpAddressState)state)) with { Answers = answers };
    }

    // The flags are those of the chunk: RFC 9260, 3.3.1.
    private static SctpNotification OfSend(
        ReadOnlySpan<byte> bytes,
        SctpAssociationId association,
        ushort stream,
        uint protocol,
        uint context,
        ReadOnlySpan<byte> message)
    {
        const ushort Sent = 1, UnorderedChunk = 0x4;
        var flags = UShort(bytes, UShort(bytes, 0) == SendFailed ? 16 : 14);
        var info = new SctpSendInfo
        {
            Association = association,
            Stream = stream,
            PayloadProtocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(protocol) : protocol,
            Flags = (flags & UnorderedChunk) != 0 ? SctpSendFlags.Unordered : SctpSendFlags.None,
            Context = context,
        };
        var wasSent = UShort(bytes, 2) == Sent;
        return Told(new SctpSendFailed(association, wasSent, UInt(bytes, 8), info, message.ToArray()));
    }

    // Older kernels do not say which stream.
    private static SctpNotification? OfPartialDelivery(ReadOnlySpan<byte> bytes)
    {
        if (UInt(bytes, 8) != 0) return null;
        var stream = bytes.Length >= 20 ? (ushort)UInt(bytes, 16) : (ushort)0;
        return Told(new SctpPartialDeliveryAborted(Id(bytes, 12), stream));
    }

    private static SctpNotification Told(SctpEvent what) => new(what.Association, what);

    private static ushort UShort(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<ushort>(bytes[at..]);

    private static ushort Cause(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint UInt(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<uint>(bytes[at..]);

    private static int Int(ReadOnlySpan<byte> bytes, int at) => MemoryMarshal.Read<int>(bytes[at..]);

    private static SctpAssociationId Id(ReadOnlySpan<byte> bytes, int at) => new(Int(bytes, at));
}

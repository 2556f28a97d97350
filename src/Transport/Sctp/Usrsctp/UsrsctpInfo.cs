using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp.Usrsctp;

// struct sctp_sendv_spa and struct sctp_recvv_rn.
internal static class UsrsctpInfo
{
    private const ushort IsComplete = 2;
    private const ushort NextIsUnordered = 4;
    private const ushort NextIsEvent = 8;

    [StructLayout(LayoutKind.Sequential)]
    public struct Sent
    {
        public uint Valid;
        public ushort Stream;
        public ushort Flags;
        public uint Protocol;
        public uint Context;
        public int Association;
        public ushort Policy;
        public uint Value;
        public ushort Key;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Received
    {
        public ushort Stream;
        public ushort Sequence;
        public ushort Flags;
        public uint Protocol;
        public uint Transmission;
        public uint Cumulative;
        public uint Context;
        public int Association;
        public Next Next;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Next
    {
        public ushort Stream;
        public ushort Flags;
        public uint Protocol;
        public uint Length;
        public int Association;
    }

    // A payload protocol is a number here, and big-endian on the wire; usrsctp lets it be.
    public static uint Turned(uint protocol) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(protocol) : protocol;

    public static Sent Of(in SctpSendInfo info, int association)
    {
        ushort flags = 0;
        if (info.Flags.HasFlag(SctpSendFlags.Unordered)) flags |= UsrsctpNumbers.Unordered;
        if (info.Flags.HasFlag(SctpSendFlags.AddressOverride)) flags |= UsrsctpNumbers.AddressOverride;
        if (info.Flags.HasFlag(SctpSendFlags.Abort)) flags |= UsrsctpNumbers.Abort;
        if (info.Flags.HasFlag(SctpSendFlags.EndAssociation)) flags |= UsrsctpNumbers.EndAssociation;
        return new Sent
        {
            Valid = UsrsctpNumbers.SendInfoValid
                | (info.Reliability.Policy is SctpReliabilityPolicy.None ? 0 : UsrsctpNumbers.ReliabilityValid),
            Stream = info.Stream,
            Flags = flags,
            Protocol = Turned(info.PayloadProtocol),
            Context = info.Context,
            Association = association,
            Policy = info.Reliability.Policy switch
            {
                SctpReliabilityPolicy.Lifetime => 1,
                SctpReliabilityPolicy.Priority => 2,
                SctpReliabilityPolicy.Retransmissions => 3,
                _ => 0,
            },
            Value = info.Reliability.Value,
        };
    }

    public static SctpReceiveInfo Of(in Received info)
    {
        var isUnordered = (info.Flags & UsrsctpNumbers.Unordered) != 0;
        return new SctpReceiveInfo(
            new SctpAssociationId(info.Association),
            info.Stream,
            info.Sequence,
            Turned(info.Protocol),
            info.Transmission,
            isUnordered ? info.Cumulative : 0,
            info.Context,
            isUnordered);
    }

    public static SctpNextInfo Of(in Next info) => new(
        new SctpAssociationId(info.Association),
        info.Stream,
        Turned(info.Protocol),
        (int)info.Length,
        (info.Flags & NextIsUnordered) != 0,
        (info.Flags & IsComplete) != 0,
        (info.Flags & NextIsEvent) != 0);
}

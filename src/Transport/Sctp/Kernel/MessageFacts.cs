using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp.Kernel;

// What goes beside a message: struct cmsghdr (length, level, type: cmsg(3)), then sctp_sndinfo and sctp_prinfo, or
// sctp_rcvinfo and sctp_nxtinfo (RFC 6458, 5.3).
internal static class MessageFacts
{
    // Room for what is written, and for all that may come.
    public const int MostWritten = Header + 16 + Header + 8;
    public const int MostRead = 256;

    private const int Header = 16;
    private const int ReceiveInfoSize = 28;
    private const int NextInfoSize = 16;

    // Yields the length.
    public static int Write(in SctpSendInfo info, SctpAssociationId association, Span<byte> control)
    {
        const int SendInfoSize = 16, ReliabilitySize = 8;
        control[..MostWritten].Clear();
        Begin(control, Header + SendInfoSize, Numbers.SendInfo);
        var data = control[Header..];
        Put(data, info.Stream);
        Put(data[2..], FlagsOf(info.Flags));
        Put(data[4..], BigEndian(info.PayloadProtocol));
        Put(data[8..], info.Context);
        Put(data[12..], association.Value);
        if (info.Reliability.Policy is SctpReliabilityPolicy.None) return Header + SendInfoSize;
        var second = control[(Header + SendInfoSize)..];
        Begin(second, Header + ReliabilitySize, Numbers.ReliabilityInfo);
        Put(second[Header..], PolicyOf(info.Reliability.Policy));
        Put(second[(Header + 4)..], info.Reliability.Value);
        return MostWritten;
    }

    public static (SctpReceiveInfo? Info, SctpNextInfo? Next) Read(ReadOnlySpan<byte> control)
    {
        SctpReceiveInfo? info = null;
        SctpNextInfo? next = null;
        while (control.Length >= Header)
        {
            var length = MemoryMarshal.Read<nuint>(control);
            if (length < Header || length > (nuint)control.Length) break;
            var (level, type) = (MemoryMarshal.Read<int>(control[8..]), MemoryMarshal.Read<int>(control[12..]));
            var data = control[Header..(int)length];
            if (level == Numbers.Level)
            {
                if (type == Numbers.ReceiveInfo && data.Length >= ReceiveInfoSize) info = InfoOf(data);
                if (type == Numbers.NextInfo && data.Length >= NextInfoSize) next = NextOf(data);
            }

            control = control[Math.Min(control.Length, ((int)length + 7) & ~7)..];
        }

        return (info, next);
    }

    private static SctpReceiveInfo InfoOf(ReadOnlySpan<byte> data) => new(
        new SctpAssociationId(Get<int>(data[24..])),
        Get<ushort>(data),
        Get<ushort>(data[2..]),
        BigEndian(Get<uint>(data[8..])),
        Get<uint>(data[12..]),
        Get<uint>(data[16..]),
        Get<uint>(data[20..]),
        (Get<ushort>(data[4..]) & Numbers.Unordered) != 0);

    // The kernel does not say of a message whether there is more of it to come.
    private static SctpNextInfo NextOf(ReadOnlySpan<byte> data)
    {
        var flags = Get<ushort>(data[2..]);
        return new(
            new SctpAssociationId(Get<int>(data[12..])),
            Get<ushort>(data),
            BigEndian(Get<uint>(data[4..])),
            (int)Math.Min(Get<uint>(data[8..]), int.MaxValue),
            (flags & Numbers.Unordered) != 0,
            IsComplete: true,
            (flags & Numbers.Notification) != 0);
    }

    private static ushort FlagsOf(SctpSendFlags flags)
    {
        var result = 0;
        if (flags.HasFlag(SctpSendFlags.Unordered)) result |= Numbers.Unordered;
        if (flags.HasFlag(SctpSendFlags.AddressOverride)) result |= Numbers.AddressOverride;
        if (flags.HasFlag(SctpSendFlags.Abort)) result |= Numbers.Abort;
        if (flags.HasFlag(SctpSendFlags.EndAssociation)) result |= Numbers.End;
        return (ushort)result;
    }

    private static ushort PolicyOf(SctpReliabilityPolicy policy) => policy switch
    {
        SctpReliabilityPolicy.Lifetime => 0x10,
        SctpReliabilityPolicy.Retransmissions => 0x20,
        SctpReliabilityPolicy.Priority => 0x30,
        _ => 0,
    };

    private static void Begin(Span<byte> control, int length, int type)
    {
        Put(control, (nuint)length);
        Put(control[8..], Numbers.Level);
        Put(control[12..], type);
    }

    private static uint BigEndian(uint value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static T Get<T>(ReadOnlySpan<byte> bytes)
        where T : struct => MemoryMarshal.Read<T>(bytes);

    private static void Put<T>(Span<byte> bytes, T value)
        where T : struct => MemoryMarshal.Write(bytes, value);
}

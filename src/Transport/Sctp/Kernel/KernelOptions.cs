using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// setsockopt(2) and getsockopt(2) for SCTP's options (RFC 6458, 8.1). Of a peeled or one-to-one socket the kernel does
// not look at the id.
internal static unsafe class KernelOptions
{
    // Of HeartbeatInterval, struct sctp_paddrparams: spp_flags.
    private const int FlagsAt = 146;
    private const int HeartbeatOn = 1;
    private const int HeartbeatOff = 2;

    private const int Largest = 160;

    public static SocketResult Set(int number, SctpStyle style, SctpAssociationId association, SctpOption option)
    {
        var (kind, value) = option;
        var layout = OptionLayout.Of(kind);
        if (Obstacle(kind, layout, style, association) is { } obstacle) return obstacle;
        var isFit = OptionLayout.IsNumber(kind)
            || (value >= 0 && value <= layout.Most && (value > 0 || !layout.KeepsOnZero));
        if (!isFit) return new(ResultCode.EEINVAL, $"{kind} {value}: out of its bounds");

        // The kernel would take 2 for 1.
        if (kind is SctpOptionKind.FragmentInterleave && value == 2)
            return new(ResultCode.EEMODENOTSUPP, $"{kind} {value}: the kernel does not have it");
        var bytes = stackalloc byte[Largest];
        var all = new Span<byte>(bytes, Largest);
        all.Clear();
        if (layout.AssociationAt is { } at) MemoryMarshal.Write(all[at..], association.Value);
        if (kind is SctpOptionKind.HeartbeatInterval)
            MemoryMarshal.Write(all[FlagsAt..], value == 0 ? HeartbeatOff : HeartbeatOn);
        Put(all[layout.At..], layout, value);
        return SystemCalls.SetOption(number, Numbers.Level, layout.Name, bytes, layout.Size) == 0
            ? SocketResult.Success
            : new(CodeOf(Errors.Last), $"{kind} {value}: {ErrnoName.Of(Errors.Last)}");
    }

    public static SctpOr<int> Get(int number, SctpStyle style, SctpAssociationId association, SctpOptionKind kind)
    {
        var layout = OptionLayout.Of(kind);
        if (Obstacle(kind, layout, style, association) is { } obstacle) return obstacle.Code;
        var bytes = stackalloc byte[Largest];
        var all = new Span<byte>(bytes, Largest);
        all.Clear();
        if (layout.AssociationAt is { } at) MemoryMarshal.Write(all[at..], association.Value);
        var size = layout.Size;
        if (SystemCalls.GetOption(number, Numbers.Level, layout.Name, bytes, &size) != 0) return CodeOf(Errors.Last);
        if (kind is SctpOptionKind.HeartbeatInterval
            && (MemoryMarshal.Read<int>(all[FlagsAt..]) & HeartbeatOff) != 0) return SctpOr<int>.Of(0);
        return SctpOr<int>.Of(Get(all[layout.At..], layout));
    }

    // How long the kernel tries to set an association up: see EndCauses.
    public static TimeSpan TriesOf(int number)
    {
        int Read(SctpOptionKind kind) => Get(number, SctpStyle.OneToMany, default, kind).Value;
        var most = Read(SctpOptionKind.MaxInitTimeout) is > 0 and var set
            ? set
            : Read(SctpOptionKind.MaxRetransmissionTime);
        var attempts = Read(SctpOptionKind.MaxInitAttempts);
        return EndCauses.TriesOf(Read(SctpOptionKind.InitialRetransmissionTime), most, attempts);
    }

    private static SocketResult? Obstacle(
        SctpOptionKind kind, in OptionLayout layout, SctpStyle style, SctpAssociationId association)
    {
        var isOfOne = style is SctpStyle.OneToMany && association != default;
        if (isOfOne && association.Value is > 0 and < Numbers.FirstAssociation)
            return new(ResultCode.EEINVAL, $"{association}: no association has this number");
        var isHere = kind is SctpOptionKind.AutoClose
            ? style is SctpStyle.OneToMany && !isOfOne
            : layout.AssociationAt is not null || !isOfOne;
        return isHere ? null : new(ResultCode.EEMODENOTSUPP, $"{kind}: this kind of socket does not have it");
    }

    private static void Put(Span<byte> bytes, in OptionLayout layout, int value)
    {
        if (layout.IsBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else if (layout.Width == sizeof(ushort)) MemoryMarshal.Write(bytes, (ushort)value);
        else MemoryMarshal.Write(bytes, value);
    }

    private static int Get(ReadOnlySpan<byte> bytes, in OptionLayout layout)
    {
        if (layout.IsBigEndian) return BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return layout.Width == sizeof(ushort) ? MemoryMarshal.Read<ushort>(bytes) : MemoryMarshal.Read<int>(bytes);
    }

    private static ResultCode CodeOf(Errno error) => error switch
    {
        Errno.Invalid => ResultCode.EEINVAL,
        Errno.NoSuchOption or Errno.NotSupported => ResultCode.EEMODENOTSUPP,
        Errno.BadDescriptor => ResultCode.EEBADF,
        _ => ResultCode.EESETSOCKOPT,
    };
}

using System.Buffers.Binary;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// Options by their structures in usrsctp.h: which field of which, and how long.
internal static unsafe class UsrsctpOptions
{
    private const int Storage = 128; // struct sockaddr_storage
    private const int Largest = 152;
    private const uint HeartbeatOn = 1;
    private const uint HeartbeatOff = 2;

    public static SocketResult Set(nint socket, SctpStyle style, int association, SctpOption option)
    {
        if (Obstacle(style, option) is { } obstacle) return obstacle;
        var field = Of(option.Kind);
        var value = stackalloc byte[Largest];
        var bytes = new Span<byte>(value, Largest);
        if (!Get(socket, field, association, bytes)) return Failed(option.Kind, association);
        field.Write(bytes, option.Value);
        if (option.Kind is SctpOptionKind.HeartbeatInterval)
            BitConverter.TryWriteBytes(bytes[(Storage + 12)..], option.Value > 0 ? HeartbeatOn : HeartbeatOff);
        else if (option.Kind is SctpOptionKind.MaxPathRetransmissions)
            bytes.Slice(Storage + 12, sizeof(uint)).Clear();
        return UsrsctpCalls.SetOption(socket, UsrsctpNumbers.Protocol, field.Name, value, (uint)field.Length) == 0
            ? SocketResult.Success
            : Failed(option.Kind, association);
    }

    public static SctpOr<int> Get(nint socket, SctpStyle style, int association, SctpOptionKind kind)
    {
        if (Obstacle(style, kind) is { } obstacle) return obstacle.Code;
        var field = Of(kind);
        Span<byte> value = stackalloc byte[Largest];
        return Get(socket, field, association, value)
            ? SctpOr<int>.Of(field.Read(value))
            : Failed(kind, association).Code;
    }

    private static bool Get(nint socket, Field field, int association, Span<byte> value)
    {
        value.Clear();
        if (field.Association >= 0) BitConverter.TryWriteBytes(value[field.Association..], association);

        // An address of no family: all of the association, or of the socket.
        var length = (uint)field.Length;
        fixed (byte* bytes = value)
            return UsrsctpCalls.GetOption(socket, UsrsctpNumbers.Protocol, field.Name, bytes, &length) == 0;
    }

    private static SocketResult? Obstacle(SctpStyle style, SctpOption option)
    {
        if (Obstacle(style, option.Kind) is { } obstacle) return obstacle;
        var isFit = option.Kind switch
        {
            SctpOptionKind.OutboundStreams or SctpOptionKind.MaxInboundStreams => option.Value is > 0 and <= 65_535,
            SctpOptionKind.FragmentInterleave => option.Value is >= 0 and <= 2,
            SctpOptionKind.NoDelay or SctpOptionKind.DisableFragments => option.Value is 0 or 1,
            SctpOptionKind.Adaptation or SctpOptionKind.Context => true, // any 32 bits
            SctpOptionKind.EncapsulationPort => option.Value is > 0 and <= 65_535, // never without
            _ => option.Value >= 0 && (!Of(option.Kind).IsShort || option.Value <= 65_535),
        };
        return isFit ? null : new(ResultCode.EEINVAL, $"{option.Kind} {option.Value}: out of its bounds");
    }

    private static SocketResult? Obstacle(SctpStyle style, SctpOptionKind kind) =>
        kind is SctpOptionKind.AutoClose && style is not SctpStyle.OneToMany
            ? new(ResultCode.EEMODENOTSUPP, $"{kind}: this kind of socket does not have it")
            : null;

    private static SocketResult Failed(SctpOptionKind kind, int association) => Errors.Last switch
    {
        Errno.NoEntry or Errno.Invalid or Errno.NotConnected when association != 0 =>
            new(ResultCode.EEINVAL, $"{kind}: there is no association {association} here"),
        Errno.NotSupported or Errno.NoSuchOption => new(ResultCode.EEMODENOTSUPP, $"{kind}: usrsctp does not have it"),
        Errno.Invalid or (Errno)33 => new(ResultCode.EEINVAL, $"{kind}: out of its bounds"), // EDOM
        var error => new(ResultCode.EESETSOCKOPT, $"{kind}: {error}"),
    };

    private static Field Of(SctpOptionKind kind) => kind switch
    {
        SctpOptionKind.NoDelay => new(0x04, 4, 0),
        SctpOptionKind.AutoClose => new(0x05, 4, 0),
        SctpOptionKind.Adaptation => new(0x08, 4, 0),
        SctpOptionKind.DisableFragments => new(0x09, 4, 0),
        SctpOptionKind.FragmentInterleave => new(0x10, 4, 0),
        SctpOptionKind.PartialDeliveryPoint => new(0x11, 4, 0),
        SctpOptionKind.MaxSegment => new(0x0e, 8, 4, 0),
        SctpOptionKind.MaxBurst => new(0x19, 8, 4, 0),
        SctpOptionKind.Context => new(0x1a, 8, 4, 0),
        SctpOptionKind.InitialRetransmissionTime => new(0x01, 16, 4, 0),
        SctpOptionKind.MaxRetransmissionTime => new(0x01, 16, 8, 0),
        SctpOptionKind.MinRetransmissionTime => new(0x01, 16, 12, 0),
        SctpOptionKind.MaxRetransmissions => new(0x02, 20, 16, 0) { IsShort = true },
        SctpOptionKind.OutboundStreams => new(0x03, 8, 0) { IsShort = true },
        SctpOptionKind.MaxInboundStreams => new(0x03, 8, 2) { IsShort = true },
        SctpOptionKind.MaxInitAttempts => new(0x03, 8, 4) { IsShort = true },
        SctpOptionKind.MaxInitTimeout => new(0x03, 8, 6) { IsShort = true },
        SctpOptionKind.HeartbeatInterval => new(0x0a, Largest, Storage + 4, Storage),
        SctpOptionKind.MaxPathRetransmissions => new(0x0a, Largest, Storage + 20, Storage) { IsShort = true },
        SctpOptionKind.DelayedAcknowledgement => new(0x0f, 12, 4, 0),
        _ => new(0x24, Storage + 8, Storage + 4, Storage) { IsShort = true, IsBigEndian = true },
    };

    private readonly record struct Field(int Name, int Length, int Offset, int Association = -1)
    {
        public bool IsShort { get; init; }

        public bool IsBigEndian { get; init; }

        public int Read(ReadOnlySpan<byte> value) => IsBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(value[Offset..])
            : IsShort ? BitConverter.ToUInt16(value[Offset..]) : BitConverter.ToInt32(value[Offset..]);

        public void Write(Span<byte> value, int number)
        {
            if (IsBigEndian) BinaryPrimitives.WriteUInt16BigEndian(value[Offset..], (ushort)number);
            else if (IsShort) BitConverter.TryWriteBytes(value[Offset..], (ushort)number);
            else BitConverter.TryWriteBytes(value[Offset..], number);
        }
    }
}

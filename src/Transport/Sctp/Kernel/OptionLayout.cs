namespace Handoff.Transport.Sctp.Kernel;

// Where the value of an option lies in what setsockopt(2) takes (linux/sctp.h). Zeros elsewhere leave what they stand
// for as it is.
internal readonly record struct OptionLayout(int Name, int Size, int At)
{
    private const int PeerAddressParametersSize = 156;
    private const int EncapsulationSize = 144;

    // Bytes of the value.
    public int Width { get; private init; } = sizeof(int);

    // Where the id of the association lies; null of an option that only sockets have.
    public int? AssociationAt { get; private init; }

    // Whether the kernel takes 0 for "as it is", so that 0 cannot be set.
    public bool KeepsOnZero { get; private init; }

    public bool IsBigEndian { get; private init; }

    public int Most { get; private init; } = int.MaxValue;

    public static OptionLayout Of(SctpOptionKind kind) => kind switch
    {
        SctpOptionKind.NoDelay => OfSocket(Numbers.NoDelay) with { Most = 1 },
        SctpOptionKind.AutoClose => OfSocket(Numbers.AutoClose),
        SctpOptionKind.MaxSegment => OfValue(Numbers.MaxSegment),
        SctpOptionKind.DisableFragments => OfSocket(Numbers.DisableFragments) with { Most = 1 },
        SctpOptionKind.FragmentInterleave => OfSocket(Numbers.FragmentInterleave) with { Most = 2 },
        SctpOptionKind.PartialDeliveryPoint => OfSocket(Numbers.PartialDeliveryPoint),
        SctpOptionKind.InitialRetransmissionTime => OfTimes(4),
        SctpOptionKind.MaxRetransmissionTime => OfTimes(8),
        SctpOptionKind.MinRetransmissionTime => OfTimes(12),
        SctpOptionKind.MaxRetransmissions => new(Numbers.AssociationInfo, 20, 4)
        {
            Width = sizeof(ushort), AssociationAt = 0, KeepsOnZero = true, Most = ushort.MaxValue,
        },
        SctpOptionKind.MaxPathRetransmissions => OfPeerAddress(136) with
        {
            Width = sizeof(ushort), KeepsOnZero = true, Most = ushort.MaxValue,
        },
        SctpOptionKind.HeartbeatInterval => OfPeerAddress(132),
        SctpOptionKind.OutboundStreams => OfInit(0),
        SctpOptionKind.MaxInboundStreams => OfInit(2),
        SctpOptionKind.MaxInitAttempts => OfInit(4),
        SctpOptionKind.MaxInitTimeout => OfInit(6),
        SctpOptionKind.Adaptation => OfSocket(Numbers.Adaptation),
        SctpOptionKind.Context => OfValue(Numbers.Context),
        SctpOptionKind.MaxBurst => OfValue(Numbers.MaxBurst),
        SctpOptionKind.DelayedAcknowledgement => new(Numbers.DelayedAcknowledgement, 12, 4)
        {
            AssociationAt = 0, KeepsOnZero = true,
        },
        SctpOptionKind.EncapsulationPort => new(Numbers.EncapsulationPort, EncapsulationSize, 136)
        {
            Width = sizeof(ushort), AssociationAt = 0, IsBigEndian = true, Most = ushort.MaxValue,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    // Any 32 bits are a value of these.
    public static bool IsNumber(SctpOptionKind kind) => kind is SctpOptionKind.Adaptation or SctpOptionKind.Context;

    private static OptionLayout OfSocket(int name) => new(name, sizeof(int), 0);

    private static OptionLayout OfValue(int name) => new(name, 8, 4) { AssociationAt = 0 };

    private static OptionLayout OfTimes(int at) =>
        new(Numbers.RetransmissionTimes, 16, at) { AssociationAt = 0, KeepsOnZero = true };

    private static OptionLayout OfInit(int at) =>
        new(Numbers.Init, 8, at) { Width = sizeof(ushort), KeepsOnZero = true, Most = ushort.MaxValue };

    private static OptionLayout OfPeerAddress(int at) =>
        new(Numbers.PeerAddressParameters, PeerAddressParametersSize, at) { AssociationAt = 0 };
}

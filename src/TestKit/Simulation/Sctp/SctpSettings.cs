using Handoff.Transport;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// The options of a socket or an association, as they begin with lksctp. What does something here: AutoClose,
// FragmentInterleave, PartialDeliveryPoint, the streams, Adaptation, Context; of the others what was set is read
// again.
internal sealed class SctpSettings
{
    private readonly Dictionary<SctpOptionKind, int> _set = [];

    public int this[SctpOptionKind kind] => _set.GetValueOrDefault(kind, Initial(kind) ?? 0);

    public SctpSettings Copy()
    {
        var copy = new SctpSettings();
        foreach (var (kind, value) in _set) copy._set[kind] = value;
        return copy;
    }

    public SocketResult Set(SctpStyle style, SctpOption option)
    {
        if (Obstacle(style, option.Kind) is { } obstacle) return obstacle;
        var isFit = option.Kind switch
        {
            SctpOptionKind.OutboundStreams or SctpOptionKind.MaxInboundStreams => option.Value is > 0 and <= 65_535,
            SctpOptionKind.FragmentInterleave => option.Value is >= 0 and <= 2,
            SctpOptionKind.NoDelay or SctpOptionKind.DisableFragments => option.Value is 0 or 1,
            SctpOptionKind.Adaptation or SctpOptionKind.Context => true, // any 32 bits
            _ => option.Value >= 0,
        };
        if (!isFit) return new(ResultCode.EEINVAL, $"{option.Kind} {option.Value}: out of its bounds");
        _set[option.Kind] = option.Value;
        return SocketResult.Success;
    }

    public SctpOr<int> Get(SctpStyle style, SctpOptionKind kind) =>
        Obstacle(style, kind) is { } obstacle ? obstacle.Code : SctpOr<int>.Of(this[kind]);

    private static SocketResult? Obstacle(SctpStyle style, SctpOptionKind kind) =>
        Initial(kind) is null || (kind is SctpOptionKind.AutoClose && style is not SctpStyle.OneToMany)
            ? new(ResultCode.EEMODENOTSUPP, $"{kind}: this kind of socket does not have it")
            : null;

    // Null where it is not here: nothing is encapsulated.
    private static int? Initial(SctpOptionKind kind) => kind switch
    {
        SctpOptionKind.EncapsulationPort => null,
        SctpOptionKind.OutboundStreams => 10,
        SctpOptionKind.MaxInboundStreams => 65_535,
        SctpOptionKind.InitialRetransmissionTime => 3000,
        SctpOptionKind.MinRetransmissionTime => 1000,
        SctpOptionKind.MaxRetransmissionTime or SctpOptionKind.MaxInitTimeout => 60_000,
        SctpOptionKind.MaxRetransmissions => 10,
        SctpOptionKind.MaxPathRetransmissions => 5,
        SctpOptionKind.HeartbeatInterval => 30_000,
        SctpOptionKind.MaxInitAttempts => 8,
        SctpOptionKind.MaxBurst => 4,
        SctpOptionKind.DelayedAcknowledgement => 200,
        _ => 0,
    };
}

using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine;

namespace Handoff.TestKit.Simulation;

// The options of one socket, within the bounds that tcp(7) has: what was set is read again. Only a linger of zero does
// something, which is to reset. Called under the gate.
internal sealed class SimulatedOptions(AddressFamily family, bool isStream, int window)
{
    private const int LongestKeepAlive = 32_767; // seconds
    private const int MostQuestions = 127;

    private readonly Dictionary<SocketOptionKind, int> _set = [];

    public static SocketResult NoNumbers { get; } =
        new(ResultCode.EEMODENOTSUPP, "a simulated socket has no options by number");

    public bool ResetsOnClose => _set.GetValueOrDefault(SocketOptionKind.Linger, -1) == 0;

    public void CopyFrom(SimulatedOptions listener)
    {
        foreach (var (kind, value) in listener._set) _set[kind] = value;
    }

    public SocketResult Set(SocketOption option)
    {
        if (Initial(option.Kind) is null) return OptionRules.NotHere(option.Kind);
        if (OptionRules.Obstacle(option, family is AddressFamily.InterNetworkV6) is { } obstacle) return obstacle;
        var isFit = option.Kind switch
        {
            SocketOptionKind.KeepAliveIdle or SocketOptionKind.KeepAliveInterval => option.Value <= LongestKeepAlive,
            SocketOptionKind.KeepAliveCount => option.Value <= MostQuestions,
            SocketOptionKind.IPv6Only => false, // bound already
            _ => true,
        };
        if (!isFit) return new(ResultCode.EESETSOCKOPT, $"{option}: EINVAL");
        _set[option.Kind] = option.Value;
        return SocketResult.Success;
    }

    public OptionResult Get(SocketOptionKind kind)
    {
        if (Initial(kind) is not { } initial) return new(null, OptionRules.NotHere(kind));
        return new(new SocketOption(kind, _set.GetValueOrDefault(kind, initial)), SocketResult.Success);
    }

    // Null where this kind of socket does not have it; a simulated network has no groups.
    private int? Initial(SocketOptionKind kind) => kind switch
    {
        SocketOptionKind.SendBuffer or SocketOptionKind.ReceiveBuffer => window,
        SocketOptionKind.TimeToLive => 64,
        SocketOptionKind.TypeOfService => 0,
        SocketOptionKind.ReuseAddress => isStream ? 1 : 0,
        SocketOptionKind.IPv6Only => family is AddressFamily.InterNetworkV6 ? 1 : null,
        SocketOptionKind.Broadcast => isStream ? null : 0,
        _ => isStream ? InitialOfStream(kind) : null,
    };

    // tcp(7).
    private static int? InitialOfStream(SocketOptionKind kind) => kind switch
    {
        SocketOptionKind.NoDelay => 1,
        SocketOptionKind.KeepAlive => 0,
        SocketOptionKind.KeepAliveIdle => 7200,
        SocketOptionKind.KeepAliveInterval => 75,
        SocketOptionKind.KeepAliveCount => 9,
        SocketOptionKind.Linger => -1,
        SocketOptionKind.UserTimeout => 0,
        _ => null,
    };
}

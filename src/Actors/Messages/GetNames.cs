namespace Handoff.Messages;

/// <summary>Asks <c>HandoffExtension.Sockets</c> what is given under a name now: <see cref="GivenSockets"/>, or
/// <see cref="Refused"/> where <see cref="OfHost"/> cannot be told: <c>EEMODENOTSUPP</c> (not Linux),
/// <c>EESECURITY</c>, <c>EEBADADDR</c> (the directory of the processes).</summary>
public sealed record GetNames
{
    private GetNames(bool isOfHost) => IsOfHost = isOfHost;

    /// <summary>In this actor system.</summary>
    public static GetNames Instance { get; } = new(isOfHost: false);

    /// <summary>In this actor system, and what the other processes of the host give to all.</summary>
    public static GetNames OfHost { get; } = new(isOfHost: true);

    internal bool IsOfHost { get; }
}

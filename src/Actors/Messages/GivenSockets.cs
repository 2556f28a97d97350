namespace Handoff.Messages;

/// <summary>All that is given under a name, in the order of the sockets' numbers; at most
/// <c>handoff.give.max-names</c>.</summary>
/// <param name="Sockets">One for each name.</param>
public sealed record GivenSockets(IReadOnlyList<GivenSocket> Sockets)
{
    /// <summary>For <see cref="GetNames.OfHost"/>, what other processes give, in the order of the names; at most
    /// 65,536.</summary>
    public IReadOnlyList<GivenElsewhere> Elsewhere { get; init; } = [];
}

namespace Handoff.Messages;

/// <summary>All that is given under a name, in the order of the sockets' numbers; at most
/// <c>handoff.give.max-names</c>.</summary>
/// <param name="Sockets">One for each name.</param>
public sealed record GivenSockets(IReadOnlyList<GivenSocket> Sockets);

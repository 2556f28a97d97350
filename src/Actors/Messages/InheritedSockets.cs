namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetInherited"/>.</summary>
/// <param name="Sockets">In the order of their descriptors; not those that <see cref="AdoptKept"/> brings.</param>
public sealed record InheritedSockets(IReadOnlyList<InheritedSocket> Sockets);

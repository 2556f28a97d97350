namespace Handoff.Messages;

/// <summary>The answer to <see cref="Peeloff"/>: the association has a socket of its own.</summary>
/// <param name="Command">The command; its handle is void.</param>
/// <param name="Socket">The number of the new socket in this actor system.</param>
public sealed record PeeledOff(Peeloff Command, long Socket);

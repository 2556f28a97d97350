using Akka.Actor;

namespace Handoff.Messages;

/// <summary>A socket that is on offer under a name.</summary>
/// <param name="Name">The name; null where it was drawn, because then it is a secret.</param>
/// <param name="Giver">Who gave it, and has it back if nobody gets it.</param>
/// <param name="Facts">What it was when it was given.</param>
public sealed record GivenSocket(string? Name, IActorRef Giver, SocketFacts Facts);

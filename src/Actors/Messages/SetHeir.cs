using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Names who is offered the socket if its owner stops; answered by <see cref="Confirmed"/>. Without an heir the socket
/// is flushed and closed.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Heir">The heir, or null for none.</param>
public sealed record SetHeir(SocketHandle Handle, IActorRef? Heir) : ISocketCommand;

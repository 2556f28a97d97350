using Akka.Event;

namespace Handoff.Messages;

/// <summary>
/// Sends what was accepted, then closes, in any state of the socket. <see cref="Closed"/> follows when it is over;
/// no step waits longer than <c>handoff.close.timeout</c>. A listener closes at once and its connections live on.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record Close(SocketHandle Handle) : ISocketCommand, IDeadLetterSuppression;

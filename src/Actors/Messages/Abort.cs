using Akka.Event;

namespace Handoff.Messages;

/// <summary>Closes at once: what was not sent is dropped, and the peer is reset.</summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record Abort(SocketHandle Handle) : ISocketCommand, IDeadLetterSuppression;

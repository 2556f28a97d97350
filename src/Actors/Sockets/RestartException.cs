namespace Handoff.Sockets;

// A crash after which the actor may go on as a new incarnation. A connection never throws it: it is stopped instead.
internal sealed class RestartException(string message, Exception inner) : Exception(message, inner);

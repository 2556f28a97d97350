using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="SendBatch"/>.</summary>
/// <param name="Sockets">How many sockets it was about.</param>
/// <param name="Result">
/// <c>EESUCCESS</c>: the other process has all of them. Else none, and they are their owners' again: the other side
/// declined or did not answer, one of them did not stop, or there is no other side.
/// </param>
public sealed record BatchSent(int Sockets, SocketResult Result);

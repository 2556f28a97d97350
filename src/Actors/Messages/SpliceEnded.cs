using Handoff.Transport;
using Handoff.Transport.Sockets;

namespace Handoff.Messages;

/// <summary>
/// To the owner, once: a splice is dissolved, and both connections are its own again, with the leases or the way of
/// reading that they had. It comes before <see cref="Closed"/> of either.
/// </summary>
/// <param name="Splice">The command that began it.</param>
/// <param name="Why">Why it was dissolved.</param>
/// <param name="Result">
/// Success, <c>EETIMEDOUT</c> (idle), <c>EEBADF</c> (closed), <c>EEABORTED</c> (reattached), or what sending or
/// receiving failed with.
/// </param>
/// <param name="There">Bytes moved from <c>Splice.Handle</c> to <c>Splice.Other</c>.</param>
/// <param name="Back">Bytes moved the other way.</param>
public sealed record SpliceEnded(Splice Splice, SpliceEnd Why, SocketResult Result, long There, long Back);

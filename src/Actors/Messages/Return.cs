using Akka.Event;

namespace Handoff.Messages;

/// <summary>
/// Gives a borrowed socket back before its time is over. Answered by <see cref="LoanOver"/>, or by
/// <see cref="Refused"/>: <c>EEBADF</c>, <c>EESECURITY</c> (an old handle), <c>EESOCKNOTRLSD</c> (not on loan).
/// </summary>
/// <param name="Handle">The borrower's authority.</param>
/// <param name="Reason">One line for the lender.</param>
public sealed record Return(SocketHandle Handle, string Reason = "returned") : ISocketCommand, IDeadLetterSuppression;

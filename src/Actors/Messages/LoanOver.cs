using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// To a borrower: the loan is over and its handle void; its lease fails with <c>EESECURITY</c>. What it did not
/// consume is the lender's, and what it did not flush is not sent. A connection that ends meanwhile is told by
/// <see cref="Closed"/> instead.
/// </summary>
/// <param name="Id">The number of the socket.</param>
/// <param name="Epoch">The number of the borrower's ownership period, the one that has ended.</param>
/// <param name="Outcome">How the loan ended.</param>
public sealed record LoanOver(long Id, long Epoch, LoanOutcome Outcome);

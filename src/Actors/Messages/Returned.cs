using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// To a lender: its loan is over. <see cref="Acquired"/> follows, with the handle of a new epoch; unless the
/// connection ended while it was lent, and then nothing does.
/// </summary>
/// <param name="Release">The command that lent it.</param>
/// <param name="Outcome">How the loan ended.</param>
/// <param name="Result"><c>EESUCCESS</c> and the borrower's reason; for <c>Closed</c>, how the connection
/// ended.</param>
public sealed record Returned(Release Release, LoanOutcome Outcome, SocketResult Result);

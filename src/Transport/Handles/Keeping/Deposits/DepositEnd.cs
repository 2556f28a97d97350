namespace Handoff.Transport.Handles.Keeping.Deposits;

internal enum DepositEnd
{
    None,

    // The depositor has it, and wants it kept no more.
    Withdrawn,

    // The connection is over.
    Ended,

    // Somebody else has the token: the taker of a move.
    Elsewhere,

    // An adopter has it.
    Adopted,

    // Nobody adopted it in time: it was closed.
    Unwanted,

    // Nobody can know who has it: two users would be worse than none.
    Lost,
}

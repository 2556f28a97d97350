namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// Who may have the connection, or a token: in a move of the depositor's, in the keeper, or in a move of the keeper's.
internal enum Party
{
    Nobody,
    Depositor,
    Taker,
    Keeper,
    First,
    Second,
}

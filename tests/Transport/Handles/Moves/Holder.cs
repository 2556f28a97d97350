namespace Handoff.Transport.Tests.Handles.Moves;

// Who has read the token. Unmade: the transfer was not sent.
internal enum Holder
{
    Unmade,
    Nobody,
    Giver,
    Taker,
}

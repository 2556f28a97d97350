namespace Handoff.Transport.Tests.Handles.Keeping.Deposits;

// How far a depositor is that gives its connection to another process.
internal enum Phase
{
    Using,

    // It stopped the connection and told the keeper the token of the move.
    Binding,

    // The taker was sent all of it.
    Sent,

    // It took the token of the move back, and has not told the keeper its next one.
    Back,

    UsingAgain,
    Released,
}

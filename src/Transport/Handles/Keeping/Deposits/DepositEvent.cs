namespace Handoff.Transport.Handles.Keeping.Deposits;

internal abstract record DepositEvent
{
    // Of the depositor, in the order in which it said so.
    public sealed record Updated : DepositEvent;

    public sealed record Withdrawn : DepositEvent;

    // It is dead, and all that it had said was heard.
    public sealed record DepositorDied : DepositEvent;

    // An adopter asks for it.
    public sealed record Wanted : DepositEvent;

    // The move to it is over.
    public sealed record Given : DepositEvent;

    public sealed record NotGiven : DepositEvent;

    // Neither side can say any more who has it.
    public sealed record Lost : DepositEvent;

    // Of the keeper's own.
    public sealed record HoldOver : DepositEvent;

    public sealed record ConnectionEnded : DepositEvent;

    public sealed record TokenTaken : DepositEvent;

    public sealed record TokenGone : DepositEvent;

    // It is no token.
    public sealed record TokenBroken : DepositEvent;
}

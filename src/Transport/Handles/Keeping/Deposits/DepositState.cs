namespace Handoff.Transport.Handles.Keeping.Deposits;

internal abstract record DepositState
{
    // Its depositor lives and has it; the keeper has a copy for later.
    public sealed record Kept : DepositState;

    // The depositor is dead. Who has it only the token knows.
    public sealed record Left : DepositState;

    // The token is asked, because somebody wants it, or because nobody did for too long.
    public sealed record Asking(bool IsWanted) : DepositState;

    // The keeper has the token, and so is the one owner.
    public sealed record Won : DepositState;

    // In a move to an adopter. Late: nobody is to be waited for any more if that comes to nothing.
    public sealed record Offered(bool IsLate) : DepositState;

    // The keeper has nothing of it any more.
    public sealed record Over(DepositEnd Why) : DepositState;
}

namespace Handoff.Transport.Ownership;

// What the socket actor has to do, in this order. Those that say nothing more than their name are made once.
internal abstract record OwnershipAction<TParty>
    where TParty : class
{
    // The command had no effect; its sender is told.
    public sealed record Refuse(ResultCode Code, string Reason) : OwnershipAction<TParty>;

    // Delivery stops and the owner's writes are refused. Only this can fail, and nothing has happened before it.
    public sealed record Pause : OwnershipAction<TParty>
    {
        private Pause()
        {
        }

        public static Pause Instance { get; } = new();
    }

    // The same owner goes on where it was.
    public sealed record Resume : OwnershipAction<TParty>
    {
        private Resume()
        {
        }

        public static Resume Instance { get; } = new();
    }

    // The dead owner's lease ends, whatever it has open.
    public sealed record Tear : OwnershipAction<TParty>
    {
        private Tear()
        {
        }

        public static Tear Instance { get; } = new();
    }

    public sealed record Invite(TParty Target, long Offer) : OwnershipAction<TParty>;

    public sealed record Withdraw(TParty Target, long Offer, OfferOutcome Why) : OwnershipAction<TParty>;

    public sealed record StartDeadline(long Offer, int Turn) : OwnershipAction<TParty>;

    // The deadline of a loan, in the place of its offer's.
    public sealed record StartLoan(long Offer) : OwnershipAction<TParty>;

    public sealed record StopDeadline : OwnershipAction<TParty>
    {
        private StopDeadline()
        {
        }

        public static StopDeadline Instance { get; } = new();
    }

    // A party is watched once for each role that it has.
    public sealed record Watch(TParty Party) : OwnershipAction<TParty>;

    public sealed record Unwatch(TParty Party) : OwnershipAction<TParty>;

    // The fence moves: the lease of the new epoch is opened and its owner is told.
    public sealed record Admit(TParty Owner, long Epoch) : OwnershipAction<TParty>;

    public sealed record TellReleased(TParty Owner, TParty By, long Epoch, long Offer) : OwnershipAction<TParty>;

    public sealed record TellReleaseFailed(TParty Owner, long Offer, OfferOutcome Why) : OwnershipAction<TParty>;

    public sealed record TellReturned(TParty Lender, LoanOutcome Why) : OwnershipAction<TParty>;

    public sealed record TellLoanOver(TParty Borrower, long Epoch, LoanOutcome Why)
        : OwnershipAction<TParty>;

    public sealed record TellClosed(TParty Owner) : OwnershipAction<TParty>;

    public sealed record FreeName(string Name) : OwnershipAction<TParty>;

    // The command was carried out and has no other answer.
    public sealed record Confirm : OwnershipAction<TParty>
    {
        private Confirm()
        {
        }

        public static Confirm Instance { get; } = new();
    }

    // Everything accepted goes out, then the transport is closed.
    public sealed record Flush : OwnershipAction<TParty>
    {
        private Flush()
        {
        }

        public static Flush Instance { get; } = new();
    }
}

namespace Handoff.Transport.Handles.Frames;

// One message between a keeper and a process that has something kept, or that takes it up.
internal abstract record KeeperFrame(ulong Id) : Frame(Id)
{
    // The first one: for whom things are kept, and when the process began, in clock ticks since boot (proc(5)).
    public sealed record Hello(ulong Id, string Key, ulong Started) : KeeperFrame(Id);

    // The token, then the socket.
    public sealed record Deposit(ulong Id, string Name, SocketFacts Facts, SocketBaggage Baggage) : KeeperFrame(Id)
    {
        public override int Descriptors => 2;
    }

    // Another token, and what goes with the socket from now on.
    public sealed record Update(ulong Id, SocketBaggage Baggage) : KeeperFrame(Id)
    {
        public override int Descriptors => 1;
    }

    public sealed record Withdrawal(ulong Id) : KeeperFrame(Id);

    // What is kept, for whomever, after this number.
    public sealed record List(ulong Id, ulong After) : KeeperFrame(Id);

    // What is left for this process under this name; empty for every name.
    public sealed record Adopt(ulong Id, string Name) : KeeperFrame(Id);

    // Of the keeper.
    public sealed record Answer(ulong Id, SocketResult Result) : KeeperFrame(Id);

    // Answers Adopt: what an offer of this number brings next, in its order; nothing comes where none are named.
    public sealed record Left(ulong Id, IReadOnlyList<string> Names) : KeeperFrame(Id);

    // Answers List: in the order of their numbers, as many as one answer has.
    public sealed record Listing(ulong Id, IReadOnlyList<ListedDeposit> Deposits) : KeeperFrame(Id);
}

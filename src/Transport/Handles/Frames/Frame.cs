using System.Diagnostics;

namespace Handoff.Transport.Handles.Frames;

// One message of the transfer protocol. Its number is the giver's, or of a claim the getter's, and every answer
// carries it. A decline of number 0 is of the connection, whatever was said over it.
internal abstract record Frame(ulong Id)
{
    // How many descriptors come with it, in the order that it says.
    public virtual int Descriptors => 0;

    public sealed record Offer(
        ulong Id,
        HandleCapabilities Needs,
        TimeSpan AnswerWithin,
        string Label,
        IReadOnlyList<SocketFacts> Sockets) : Frame(Id)
    {
        // Of the traces that came right before it; no part of the frame.
        public IReadOnlyList<ActivityContext?> Origins { get; init; } = [];
    }

    public sealed record Accept(ulong Id) : Frame(Id);

    public sealed record Decline(ulong Id, SocketResult Why) : Frame(Id);

    // Some of the sockets of a batch: First is how many came before.
    public sealed record Part(ulong Id, int First, IReadOnlyList<SocketBaggage> Baggage) : Frame(Id)
    {
        public override int Descriptors => Baggage.Count;
    }

    // The rest of the sockets, behind the token.
    public sealed record Transfer(ulong Id, int First, IReadOnlyList<SocketBaggage> Baggage) : Frame(Id)
    {
        public override int Descriptors => Baggage.Count + 1;
    }

    public sealed record Adopted(ulong Id) : Frame(Id);

    // Of the taker, after it accepted.
    public sealed record Refuse(ulong Id, SocketResult Why) : Frame(Id);

    // Of the giver, who has it back.
    public sealed record Withdraw(ulong Id, SocketResult Why) : Frame(Id);

    // Of a getter, first of all: it asks for what is given under the name, and waits so long. It is answered by an
    // offer of the same number, or declined.
    public sealed record Claim(ulong Id, string Name, TimeSpan Within) : Frame(Id);

    // Right before an offer, of that number: in which trace each of its sockets is offered. A taker that is older
    // passes over what it does not know, as long as the frame's own number is 0.
    public sealed record Traces(ulong Id, ulong Of, IReadOnlyList<ActivityContext?> Contexts) : Frame(Id);

    // Another frame, too long for a message: it is in a sealed memory file, whose descriptor comes before the others.
    public sealed record Sealed(ulong Id, int Length) : Frame(Id)
    {
        public override int Descriptors => 1;
    }
}

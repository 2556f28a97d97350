using Handoff.Messages;

namespace Handoff.TestKit.Parties;

// What a party does with an offer by itself.
internal abstract record Answer
{
    public sealed record Nothing : Answer;

    // ReleaseTo: it passes the socket on at once.
    public sealed record Acquire(Reading Reading, Party? Heir, Party? ReleaseTo) : Answer;

    public sealed record Decline(string Reason) : Answer;

    public sealed record Throw : Answer;

    public sealed record Stop : Answer;

    // The offer goes to another, as a router would send it.
    public sealed record Forward(Party To) : Answer;
}

using Handoff.Configuration;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What a socket lives under, shared by as many as possible: each field here is one less in every socket.
internal sealed record Rules(HandoffSettings Settings, OwnerIndex Owners, OpenOffers Offers, Warrant? Warrant)
{
    public NameTable Names { get; init; } = new(Settings.MaxNames);

    public Keeping Keeping { get; init; } = new(2 * Settings.Keeping.Options.AnswerTimeout);

    public SocketCounts Ids { get; init; } = new();

    public Deciding Deciding { get; init; } = static (_, state, what, _) => OwnershipTable.Next(state, what);
}

using Handoff.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Campaign.Tests.Running;

// What a test puts before a part of the product, to see whether it is found; nothing, by default. One for each
// scenario: it may remember.
internal sealed record Defect
{
    public Func<Deciding, OpenOffers, Deciding> Table { get; init; } = static (table, _) => table;

    public Func<IEngine, IEngine> Streams { get; init; } = static network => network;

    public Func<IDatagramEngine, IDatagramEngine> Datagrams { get; init; } = static network => network;

    public Func<IAcceptFilter, IAcceptFilter> Filter { get; init; } = static filter => filter;
}

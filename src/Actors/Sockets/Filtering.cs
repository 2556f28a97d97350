using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Sockets;

// A connection in a filter. It ends once: what its actor has dropped it for is what is counted, whatever the filter
// says at the same time.
internal sealed class Filtering(Arrival arrival, IAcceptFilter filter, int maxBytes)
{
    private readonly FilteredConnection _filtered = new((SocketConnection)arrival.Newcomer, filter, maxBytes);
    private FilterOutcome? _dropped;

    public Arrival Arrival => arrival;

    // Among those that are in a filter; in no list once it is out.
    public LinkedListNode<Filtering>? Place { get; set; }

    // Not what the filter calls itself: that may throw, too.
    public string FilterName => filter.GetType().Name;

    public async Task<Notice.Filtered> RunAsync() => new(this, await _filtered.RunAsync().ConfigureAwait(false));

    public void Drop(FilterEnd end, ResultCode code)
    {
        if (_dropped is not null) return;
        var why = new SocketResult(code, $"accept filter: {end}");
        _dropped = new FilterOutcome(end, why);
        arrival.Newcomer.Abort(why);
    }

    public FilterOutcome Outcome(FilterOutcome filtered) => _dropped ?? filtered;
}

using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Sockets;

// The connections of a listener that its acceptor is not shown yet: in a filter, oldest first, or let pass and waiting
// until the listener has room for them. A restarted listener actor must still know them.
internal sealed class FilterRoom(AcceptFilterSettings settings, IAcceptFilter? filter)
{
    private readonly LinkedList<Filtering> _inside = [];
    private readonly Queue<SocketConnection> _ready = [];
    private readonly long[] _ends = new long[Enum.GetValues<FilterEnd>().Length];
    private bool _closed;

    public IAcceptFilter? Filter { get; set; } = filter;

    public static SocketResult NoStreams(string transport) => new(
        ResultCode.EEMODENOTSUPP, $"{transport}: an accept filter looks at the bytes of a stream, and there is none");

    // The name that a filter gives itself is code of its user's, too.
    public string? FilterName
    {
        get
        {
            try
            {
                return Filter?.Name;
            }
            catch (Exception)
            {
                return Filter?.GetType().Name;
            }
        }
    }

    public IReadOnlyCollection<Filtering> Inside => _inside;

    // Filters that have not ended, also of connections that were dropped.
    public int Running { get; private set; }

    private int Waiting => _inside.Count + _ready.Count;

    // The one that was dropped in its favour, if there were too many, goes away by itself.
    public Filtering Enter(SocketConnection connection, IAcceptFilter by)
    {
        if (Waiting >= settings.MaxWaiting && _inside.First is { } oldest)
            Drop(oldest.Value, FilterEnd.Crowded, ResultCode.EEQUOTA);
        var filtering = new Filtering(connection, by, settings.MaxBytes);
        filtering.Place = _inside.AddLast(filtering);
        Running++;
        return filtering;
    }

    public void Drop(Filtering filtering, FilterEnd end, ResultCode code)
    {
        if (Remove(filtering)) filtering.Drop(end, code);
    }

    public FilterOutcome Leave(Filtering filtering, FilterOutcome filtered)
    {
        Running--;
        var outcome = filtering.Outcome(filtered);
        _ends[(int)outcome.End]++;
        if (Remove(filtering) && outcome.End is FilterEnd.Passed) _ready.Enqueue(filtering.Connection);
        return outcome;
    }

    // Whoever gets it has it to close.
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SocketConnection? connection) =>
        _ready.TryDequeue(out connection);

    // As soclose(9) does with both queues of a listener.
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        while (_inside.First is { } first) Drop(first.Value, FilterEnd.Closed, ResultCode.EEABORTED);
        while (_ready.TryDequeue(out var connection))
            connection.Abort(new SocketResult(ResultCode.EEABORTED, "the listener is closed"));
    }

    public AcceptFilterStatus Status() => new(
        FilterName,
        Waiting,
        Count(FilterEnd.Passed),
        Count(FilterEnd.Dropped),
        Count(FilterEnd.TooLong),
        Count(FilterEnd.Finished),
        Count(FilterEnd.Lost),
        Count(FilterEnd.TimedOut),
        Count(FilterEnd.Crowded),
        Count(FilterEnd.Threw),
        Count(FilterEnd.Closed));

    private bool Remove(Filtering filtering)
    {
        if (filtering.Place is not { List: not null } place) return false;
        _inside.Remove(place);
        return true;
    }

    private long Count(FilterEnd end) => _ends[(int)end];
}

using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Sockets;

// The connections of a listener that its acceptor is not shown yet: in a filter, oldest first, or let pass and waiting
// until the listener has room for them. A restarted listener actor must still know them.
internal sealed class FilterRoom(AcceptFilterSettings settings, IAcceptFilter? filter)
{
    private readonly LinkedList<Filtering> _inside = [];
    private readonly Queue<Arrival> _ready = [];
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

    // Null if there is no place for it.
    public Filtering? Enter(Arrival arrival, IAcceptFilter by)
    {
        if (!TryMakePlace(arrival)) return null;
        var filtering = new Filtering(arrival, by, settings.MaxBytes);
        filtering.Place = _inside.AddLast(filtering);
        Running++;
        return filtering;
    }

    // No filter looks at it, and its acceptor is not shown it yet.
    public void Keep(Arrival arrival)
    {
        if (TryMakePlace(arrival)) _ready.Enqueue(arrival);
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
        if (Remove(filtering) && outcome.End is FilterEnd.Passed) _ready.Enqueue(filtering.Arrival);
        return outcome;
    }

    // Whoever gets it has it to close.
    public bool TryTake(out Arrival arrival) => _ready.TryDequeue(out arrival);

    // As soclose(9) does with both queues of a listener.
    public void Close()
    {
        if (_closed) return;
        _closed = true;
        while (_inside.First is { } first) Drop(first.Value, FilterEnd.Closed, ResultCode.EEABORTED);
        while (_ready.TryDequeue(out var arrival))
            arrival.Newcomer.Abort(new SocketResult(ResultCode.EEABORTED, "the listener is closed"));
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

    // Where there are too many the oldest in a filter goes, which is counted once its filter has ended; the newcomer,
    // where none is left that does not wait for its acceptor.
    private bool TryMakePlace(Arrival newcomer)
    {
        if (Waiting < settings.MaxWaiting) return true;
        if (_inside.First is { } oldest)
        {
            Drop(oldest.Value, FilterEnd.Crowded, ResultCode.EEQUOTA);
            return true;
        }

        _ends[(int)FilterEnd.Crowded]++;
        newcomer.Newcomer.Abort(new SocketResult(ResultCode.EEQUOTA, $"accept filter: {FilterEnd.Crowded}"));
        return false;
    }

    private bool Remove(Filtering filtering)
    {
        if (filtering.Place is not { List: not null } place) return false;
        _inside.Remove(place);
        return true;
    }

    private long Count(FilterEnd end) => _ends[(int)end];
}

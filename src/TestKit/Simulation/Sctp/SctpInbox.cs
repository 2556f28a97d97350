using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// What waits to be received from one socket, in order. While a message is delivered in parts, others wait in the
// lobby (RFC 6458, 8.1.20): with interleave 0 those of all associations, with 1 those of its own, with 2 those of its
// stream. Called under the gate.
internal sealed class SctpInbox(int room, Func<int> interleave)
{
    private readonly List<SctpItem> _partial = []; // the first piece of each message that is not all there
    private readonly LinkedList<SctpItem> _queue = new();
    private List<SctpItem> _lobby = [];
    private int _held;

    public bool IsEmpty => _queue.Count == 0;

    public SctpItem? First => _queue.First?.Value;

    public int CountOf(AssociationEnd end) =>
        _queue.Count(item => item.End == end && item.Event is null)
        + _lobby.Count(item => item.End == end && item.Event is null);

    // What is longer than all the room is let in when nothing else is there.
    public bool HasRoomFor(int bytes) => _held == 0 || _held + bytes <= room;

    // The first piece of a message of the association that is not all there.
    public SctpItem? PartialOf(AssociationEnd end) => _partial.Find(piece => piece.End == end);

    public void Add(SctpItem item)
    {
        _held += item.Bytes.Length;
        Place(item);
    }

    // Some of the oldest, which may be an event and have no bytes.
    public void Take(int bytes)
    {
        var oldest = _queue.First!.Value;
        oldest.Bytes = oldest.Bytes[bytes..];
        _held -= bytes;
        if (oldest.Bytes.IsEmpty) _queue.RemoveFirst();
    }

    // All of one association, in its order. Others that waited behind its message go on; where one of theirs is in
    // delivery, what waited behind that waits no more.
    public void MoveTo(SctpInbox other, AssociationEnd end)
    {
        other._partial.AddRange(_partial.Where(piece => piece.End == end));
        _partial.RemoveAll(piece => piece.End == end);
        for (var node = _queue.First; node is not null;)
        {
            var (here, next) = (node, node.Next);
            if (here.Value.End == end)
            {
                _queue.Remove(here);
                _held -= here.Value.Bytes.Length;
                other._queue.AddLast(here);
                other._held += here.Value.Bytes.Length;
            }

            node = next;
        }

        foreach (var item in Emptied())
        {
            if (item.End != end)
            {
                Place(item);
                continue;
            }

            _held -= item.Bytes.Length;
            other.Add(item);
        }
    }

    private void Place(SctpItem item)
    {
        if (_partial.Exists(piece => HoldsUp(piece, item)))
        {
            _lobby.Add(item);
            return;
        }

        _queue.AddLast(item);
        if (item is { Event: null, IsEndOfMessage: false })
        {
            if (!_partial.Exists(piece => piece.Message == item.Message)) _partial.Add(item);
            return;
        }

        var ended = _partial.RemoveAll(piece => item.Event is SctpPartialDeliveryAborted
            ? piece.End == item.End
            : item.Event is null && piece.Message == item.Message);
        if (ended == 0) return;
        foreach (var waiting in Emptied()) Place(waiting);
    }

    private bool HoldsUp(SctpItem piece, SctpItem item)
    {
        if (item.Event is null && item.Message == piece.Message) return false;
        if (item.Event is SctpPartialDeliveryAborted && item.End == piece.End) return false;
        return interleave() switch
        {
            0 => true,
            1 => item.End == piece.End,
            _ => item.End == piece.End && (item.Event is not null || item.Info.Stream == piece.Info.Stream),
        };
    }

    private List<SctpItem> Emptied()
    {
        var lobby = _lobby;
        _lobby = [];
        return lobby;
    }
}

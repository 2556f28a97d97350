using System.Net;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

// What sockets are called in the story. A connection is known by the address of its peer, which may hear that it is
// connected before or after the other side does.
internal sealed class Names(Watch watch)
{
    private readonly Dictionary<long, string> _labels = [];
    private readonly Dictionary<string, long> _ids = [];
    private readonly Dictionary<string, EndPoint> _places = [];
    private readonly Dictionary<EndPoint, Stranger> _strangers = [];
    private readonly Dictionary<EndPoint, Stranger> _expected = [];
    private readonly Dictionary<EndPoint, string> _senders = [];
    private readonly Queue<string> _doors = new();
    private readonly Queue<string> _boards = new();

    // The last one of that name; 0 if there is none.
    public long IdOf(string label) => _ids.GetValueOrDefault(label);

    public string LabelOf(long socket) => _labels.GetValueOrDefault(socket) ?? $"socket {socket}";

    public bool HasPlace(string name) => _places.ContainsKey(name);

    public EndPoint PlaceOf(string name) => _places.TryGetValue(name, out var place)
        ? place
        : throw new StoryException($"nobody listens at {name}");

    public string SenderAt(EndPoint? place) =>
        place is null ? "somebody without an address" : _senders.GetValueOrDefault(place) ?? $"{place}";

    // The next listener, and the next datagram socket, that somebody is told of.
    public void ExpectDoor(string door) => _doors.Enqueue(door);

    public void ExpectBoard(string board) => _boards.Enqueue(board);

    public void EnterSender(string sender, EndPoint place)
    {
        _senders[place] = sender;
        _places[sender] = place;
    }

    // Where the checks of a connection's bytes are, also if its other side is known already; it is known there by the
    // address of its peer.
    public (InboundCheck In, OutboundCheck Out) EnterPeer(string name, EndPoint remote)
    {
        if (_strangers.Remove(remote, out var known))
        {
            Label(known.Id, name);
            return (known.In, known.Out);
        }

        var expected = new Stranger(0, name, watch.Violations);
        _expected[remote] = expected;
        return (expected.In, expected.Out);
    }

    // A socket is seen for the first time.
    public void Introduce(long id, SocketFacts? facts, EndPoint? listensAt)
    {
        if (listensAt is not null)
        {
            if (!_doors.TryDequeue(out var door)) return;
            Label(id, door);
            _places[door] = listensAt;
        }
        else if (facts is { Kind: SocketKind.Datagrams, Local: { } local })
        {
            if (!_boards.TryDequeue(out var board)) return;
            Label(id, board);
            _places[board] = local;
            watch.Binds(id, new MessageCheck(watch.Violations, board));
        }
        else if (facts?.Remote is { } remote)
        {
            if (_expected.Remove(remote, out var expected)) Label(id, expected.Name);
            else _strangers[remote] = expected = new Stranger(id, LabelOf(id), watch.Violations);
            watch.Connects(id, expected.In, expected.Out);
        }
    }

    private void Label(long id, string label)
    {
        _labels[id] = label;
        _ids[label] = id;
    }

    private sealed class Stranger(long id, string name, Violations violations)
    {
        public long Id => id;

        public string Name => name;

        public InboundCheck In { get; } = new(violations, name);

        public OutboundCheck Out { get; } = new(violations, name);
    }
}

using System.Net;
using Handoff.Messages;
using Handoff.TestKit.Checks;
using Handoff.TestKit.Parties;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// What sockets are called in the story. A connection is known by the address of its peer, which may hear that it is
// connected before or after the other side does.
internal sealed class Names(Watch watch)
{
    private readonly Dictionary<long, string> _labels = [];
    private readonly Dictionary<string, EndPoint> _places = [];
    private readonly Dictionary<long, Stranger> _strangers = [];
    private readonly Dictionary<EndPoint, Stranger> _expected = [];
    private readonly Queue<string> _doors = new();

    public long IdOf(string label) => _labels.Where(known => known.Value == label).Select(known => known.Key)
        .DefaultIfEmpty(0).Last();

    public string LabelOf(long socket) => _labels.GetValueOrDefault(socket) ?? $"socket {socket}";

    public bool IsDoor(string name) => _places.ContainsKey(name);

    public EndPoint PlaceOf(string door) => _places.TryGetValue(door, out var place)
        ? place
        : throw new StoryException($"nobody listens at {door}");

    public void Expect(string door) => _doors.Enqueue(door);

    // Where the checks of this connection's bytes are, also if its other side is known already.
    public (InboundCheck In, OutboundCheck Out) Enter(string name, SocketConnection connection)
    {
        var known = _strangers.FirstOrDefault(one => one.Value.Remote.Equals(connection.LocalEndPoint));
        if (_strangers.Remove(known.Key))
        {
            _labels[known.Key] = name;
            return (known.Value.In, known.Value.Out);
        }

        var expected = new Stranger(name, connection.LocalEndPoint!, watch.Violations);
        _expected[expected.Remote] = expected;
        return (expected.In, expected.Out);
    }

    // A socket is seen for the first time.
    public void Introduce(long id, SocketFacts? facts, EndPoint? listensAt)
    {
        if (listensAt is not null)
        {
            if (!_doors.TryDequeue(out var door)) return;
            _labels[id] = door;
            _places[door] = listensAt;
        }
        else if (facts?.Remote is { } remote)
        {
            if (_expected.Remove(remote, out var expected)) _labels[id] = expected.Name;
            else _strangers[id] = expected = new Stranger(LabelOf(id), remote, watch.Violations);
            watch.Connects(id, expected.In, expected.Out);
        }
    }

    private sealed class Stranger(string name, EndPoint remote, Violations violations)
    {
        public string Name => name;

        public EndPoint Remote => remote;

        public InboundCheck In { get; } = new(violations, name);

        public OutboundCheck Out { get; } = new(violations, name);
    }
}

using System.Net;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Checking;

// All datagrams of a scenario: who sent which to whom, and what came of it. It stands before the network, to know what
// each socket had no room for.
internal sealed class Post(IDatagramEngine network, SimulationOptions weather) : IDatagramEngine
{
    private readonly Dictionary<int, IDatagramSocket> _sockets = [];
    private readonly Dictionary<(int Port, int Number), Sending> _sendings = [];
    private readonly Dictionary<int, int> _numbers = [];
    private readonly Dictionary<int, EndPoint?> _places = [];

    private enum Answer
    {
        // Nobody was told: its sender's ownership was over.
        None,
        Accepted,
        Refused,
    }

    // Ports at which somebody receives.
    public IReadOnlyList<int> Places => [.. _places.Keys];

    public bool MayDouble => weather.DuplicateRate > 0;

    public bool MayReorder => weather.ReorderRate > 0;

    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        var opened = network.OpenDatagram(local, remote, options);
        if (opened.Socket is { LocalEndPoint: IPEndPoint place } socket) _sockets[place.Port] = socket;
        return opened;
    }

    // One that has a peer hears nobody else.
    public void Receives(int port, EndPoint? peer) => _places.TryAdd(port, peer);

    public byte[] Write(int from, int to, int length)
    {
        var number = _numbers[from] = _numbers.GetValueOrDefault(from) + 1;
        var letter = new Letter(from, number, Math.Max(length, Letter.Shortest));
        _sendings[(from, number)] = new Sending(to);
        return letter.Write();
    }

    public void Accepted(ReadOnlySpan<byte> bytes) => Of(bytes).Answer = Answer.Accepted;

    public void Refused(ReadOnlySpan<byte> bytes) => Of(bytes).Answer = Answer.Refused;

    // What is wrong with something that has arrived for the first time; null if nothing is.
    public string? Arrived(Letter letter, int at, EndPoint? sender)
    {
        if (sender is not IPEndPoint from || from.Port != letter.Port) return $"{letter} comes from {sender}";
        if (!_sendings.TryGetValue((letter.Port, letter.Number), out var sending)) return $"{letter} was never sent";
        if (sending.To != at) return $"{letter} was sent to {sending.To} and came to {at}";
        if (++sending.Arrivals > 1 && !MayDouble) return $"{letter} came twice";
        return null;
    }

    // Whether all that was accepted for a socket that has been open all the time is there, or was lost as it may be.
    public bool IsWhole(int at)
    {
        if (weather.LossRate > 0 || _sockets.GetValueOrDefault(at) is not { Dropped: 0 }) return true;
        var only = _places.GetValueOrDefault(at);
        return _sendings.All(entry => entry.Value is not { Answer: Answer.Accepted, Arrivals: 0 } sending
            || sending.To != at || (only is IPEndPoint peer && peer.Port != entry.Key.Port));
    }

    public string? SentThoughRefused() => _sendings
        .Where(entry => entry.Value is { Answer: Answer.Refused, Arrivals: > 0 })
        .Select(entry => $"letter {entry.Key} was refused and sent").FirstOrDefault();

    private Sending Of(ReadOnlySpan<byte> bytes)
    {
        var letter = Letter.Read(bytes) ?? throw new ArgumentException("That is none.", nameof(bytes));
        return _sendings[(letter.Port, letter.Number)];
    }

    private sealed class Sending(int to)
    {
        public int To => to;

        public Answer Answer { get; set; }

        public int Arrivals { get; set; }
    }
}

using System.Diagnostics;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Tests.Handles.Passing;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>Counters in the place of sockets, each with its own value, and what was done to them.</summary>
internal sealed class Goods : IConsignment, IDisposable
{
    private readonly SocketDescriptor[] _counters;
    private readonly int _unread;

    public Goods(int count, int unread = 10)
    {
        _counters = [.. Enumerable.Range(1, count).Select(value => OpenDescriptors.Event((uint)value))];
        _unread = unread;
    }

    public List<string> Done { get; } = [];

    // What it has cannot be written.
    public bool IsSpoiled { get; init; }

    public HandleCapabilities Needs { get; init; } = HandleCapabilities.Streams;

    public string Label => "goods";

    public IReadOnlyList<ActivityContext?> Traces { get; init; } = [];

    public SocketResult Stops { get; init; } = SocketResult.Success;

    public IReadOnlyList<SocketFacts> Facts =>
        [.. _counters.Select((_, i) => new SocketFacts(HandleKind.Stream, $"s{i}", null, null, _unread, 0, null))];

    public static SocketBaggage Baggage(int value, int unread) => new(
        value, 2 * value, SocketEnds.None, [new QueuedMessage(null, Enumerable.Repeat((byte)value, unread).ToArray())],
        []);

    public ValueTask<Quiesced> QuiesceAsync(CancellationToken cancellationToken)
    {
        Done.Add("stop");
        if (!Stops.IsSuccess) return new(new Quiesced(null, Stops));
        var sockets = _counters.Select((counter, i) => new QuiescedSocket(counter, Bag(i + 1)));
        return new(new Quiesced([.. sockets], SocketResult.Success));
    }

    public void Resume() => Done.Add("resume");

    public void Close()
    {
        Done.Add("close");
        Dispose();
    }

    public void Dispose() => Array.ForEach(_counters, counter => counter.Dispose());

    private SocketBaggage Bag(int value) =>
        IsSpoiled ? Baggage(value, _unread) with { Consumed = -1 } : Baggage(value, _unread);
}

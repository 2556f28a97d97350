using Handoff.Transport;

namespace Handoff.TestKit.Simulation;

// What the parts of one network share. Everything happens under its gate; what goes on is fired after it.
internal sealed class NetworkCore : IDisposable
{
    private int _openSockets;
    private long _lastNumber;

    public NetworkCore(long seed, TimeProvider timeProvider, SimulationOptions options)
    {
        Options = options;
        Draws = new Draws(seed);
        Trace = new NetworkTrace(options.TraceCapacity);
        Agenda = new Agenda(timeProvider, Come);
    }

    public Lock Gate { get; } = new();

    public SimulationOptions Options { get; }

    public Draws Draws { get; }

    public NetworkTrace Trace { get; }

    public Agenda Agenda { get; }

    public int OpenSockets => _openSockets;

    public bool HasSocketsLeft => _openSockets < Options.MaxSockets;

    // For what has a number of its own, from 1.
    public long NextNumber() => ++_lastNumber;

    public void Opened() => _openSockets++;

    public void Closed() => _openSockets--;

    public void Note(SimulatedLink? link, NetworkEventKind kind, bool atClient, long amount = 0) =>
        Trace.Add(new NetworkEvent(Agenda.Now, link?.Number ?? 0, kind, atClient, amount));

    public void Note(NetworkEventKind kind, ResultCode code) =>
        Note(null, kind, kind is NetworkEventKind.ConnectFailed, (long)code);

    public void Dispose()
    {
        lock (Gate) Agenda.Dispose();
    }

    private void Come()
    {
        var wakes = default(Wakes);
        lock (Gate) Agenda.Come(ref wakes);
        wakes.Fire();
    }
}

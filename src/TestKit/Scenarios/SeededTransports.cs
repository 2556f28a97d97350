using System.Net;
using Handoff.TestKit.Running;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

internal sealed class MemoryStreams : ScenarioTransport
{
    public override string Name => "memory";

    public override ITransport Open(SeededSystem system, ConnectionOptions options) =>
        new MemoryTransport(new MemoryNetwork(system.PipeScheduler), options);

    public override EndPoint PlaceOf(string door) => new MemoryEndPoint(door);
}

// Latency would make each sentence a matter of time: what moves, moves at once, but in pieces.
internal sealed class SimulatedStreams : ScenarioTransport
{
    private const double Often = 0.3;

    public override string Name => "simulated";

    public override ITransport Open(SeededSystem system, ConnectionOptions options) => new SimulatedTransport(
        new SimulatedNetwork(system.Seed, system.Clock, new SimulationOptions(system.PipeScheduler)
        {
            PartialReadRate = Often,
            PartialWriteRate = Often,
        }),
        options);

    public override EndPoint PlaceOf(string door) => new IPEndPoint(IPAddress.Loopback, 0);
}

internal sealed class InMemoryDatagrams : ScenarioTransport
{
    public override string Name => "memory-datagram";

    public override bool HasDatagrams => true;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) => new MemoryDatagramTransport(
        new MemoryDatagramNetwork(system.PipeScheduler), SystemEngine.OfMessages(system, options));

    public override EndPoint PlaceOf(string door) => new MemoryEndPoint(door);
}

internal sealed class OnNetworkDatagrams : ScenarioTransport
{
    public override string Name => "simulated-datagram";

    public override bool HasDatagrams => true;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) => new SimulatedDatagramTransport(
        new SimulatedNetwork(system.Seed, system.Clock, new SimulationOptions(system.PipeScheduler)),
        SystemEngine.OfMessages(system, options));

    public override EndPoint PlaceOf(string door) => new IPEndPoint(IPAddress.Loopback, 0);
}

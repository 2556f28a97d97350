using System.Net;
using Handoff.TestKit.Running;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tcp;

namespace Handoff.TestKit.Scenarios;

/// <summary>What the connections of a scenario are made of.</summary>
public abstract class ScenarioTransport
{
    /// <summary>In the process, without faults; every run is replayed by its seed. The default.</summary>
    public static ScenarioTransport Memory { get; } = new InMemory();

    /// <summary>The system's TCP on loopback: real sockets under virtual time. No seed replays what they do.</summary>
    public static ScenarioTransport Tcp { get; } = new OverTcp();

    /// <summary>The name that a failure tells.</summary>
    public abstract string Name { get; }

    /// <summary>Whether other threads bring what happens, so that a scenario has to wait for it.</summary>
    public virtual bool IsOutside => false;

    /// <summary>Makes the transport of one run.</summary>
    /// <param name="system">Its clock, scheduler and seed are to be used for all that the transport does.</param>
    /// <param name="options">What each connection is to be given.</param>
    public abstract ITransport Open(SeededSystem system, ConnectionOptions options);

    /// <summary>Where a listener of this name listens.</summary>
    /// <param name="door">Another name for each listener of a run.</param>
    public abstract EndPoint PlaceOf(string door);

    private sealed class InMemory : ScenarioTransport
    {
        public override string Name => "memory";

        public override ITransport Open(SeededSystem system, ConnectionOptions options) =>
            new MemoryTransport(new MemoryNetwork(system.PipeScheduler), options);

        public override EndPoint PlaceOf(string door) => new MemoryEndPoint(door);
    }

    private sealed class OverTcp : ScenarioTransport
    {
        // One engine for all runs; it lives as long as the process.
        private static readonly Lazy<IEngine> Engine = new(() => LinuxEngine.IsSupported
            ? new LinuxEngine(new LinuxEngineOptions { Loops = 1 })
            : new PortableEngine());

        public override string Name => "tcp";

        public override bool IsOutside => true;

        public override ITransport Open(SeededSystem system, ConnectionOptions options) =>
            new TcpTransport(Engine.Value, options);

        public override EndPoint PlaceOf(string door) => new IPEndPoint(IPAddress.Loopback, 0);
    }
}

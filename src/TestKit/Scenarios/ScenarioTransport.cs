using System.Net;
using Handoff.TestKit.Running;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

/// <summary>What the sockets of a scenario are made of.</summary>
public abstract class ScenarioTransport
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>In the process, without faults; every run is replayed by its seed. The default.</summary>
    public static ScenarioTransport Memory { get; } = new MemoryStreams();

    /// <summary>A simulated network that receives and sends in pieces; every run is replayed by its seed.</summary>
    public static ScenarioTransport Simulated { get; } = new SimulatedStreams();

    /// <summary>The system's TCP on loopback: real sockets under virtual time. No seed replays what they do.</summary>
    public static ScenarioTransport Tcp { get; } = new SystemTcp();

    /// <summary>The system's Unix stream sockets, as <see cref="Tcp"/>. There is no reset between them.</summary>
    public static ScenarioTransport Unix { get; } = new SystemUnix();

    /// <summary>Datagrams in the process; every run is replayed by its seed.</summary>
    public static ScenarioTransport MemoryDatagrams { get; } = new InMemoryDatagrams();

    /// <summary>Datagrams of a simulated network without faults; every run is replayed by its seed.</summary>
    public static ScenarioTransport SimulatedDatagrams { get; } = new OnNetworkDatagrams();

    /// <summary>The system's UDP on loopback, as <see cref="Tcp"/>.</summary>
    public static ScenarioTransport Udp { get; } = new SystemUdp();

    /// <summary>The system's Unix datagrams, as <see cref="Tcp"/>; on Linux only.</summary>
    public static ScenarioTransport UnixDatagrams { get; } = new SystemUnixDatagrams();

    /// <summary>All of these: those of connections first, and those that seeds replay before the system's.</summary>
    public static IReadOnlyList<ScenarioTransport> All { get; } =
        [Memory, Simulated, Tcp, Unix, MemoryDatagrams, SimulatedDatagrams, Udp, UnixDatagrams];

    /// <summary>The name that a failure tells.</summary>
    public abstract string Name { get; }

    /// <summary>Whether other threads bring what happens, so that a scenario has to wait for it.</summary>
    public virtual bool IsOutside => false;

    /// <summary>Whether its sockets are of datagrams, and there are no connections; then <see cref="Open"/> makes an
    /// <c>IDatagramTransport</c>.</summary>
    public virtual bool HasDatagrams => false;

    /// <summary>Whether this machine has it.</summary>
    public virtual bool IsSupported => true;

    /// <summary>
    /// More bytes than one direction of a connection takes while nobody reads: what is under way, and what waits at
    /// both ends with the bounds of <c>reference.conf</c>. By default 1 MiB, and 16 MiB of the system's own.
    /// </summary>
    public virtual int TooMuch => IsOutside ? 16 * Mebibyte : Mebibyte;

    /// <summary>The one of these of that name.</summary>
    /// <param name="name">A <see cref="Name"/>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScenarioTransport Named(string name) =>
        All.FirstOrDefault(transport => transport.Name == name)
        ?? throw new ArgumentException(
            $"'{name}' is none of {string.Join(", ", All.Select(transport => transport.Name))}.", nameof(name));

    /// <summary>Makes the transport of one run.</summary>
    /// <param name="system">Its clock, scheduler and seed are to be used for all that the transport does.</param>
    /// <param name="options">What each connection is to be given; a datagram socket, as much of it as fits.</param>
    public abstract ITransport Open(SeededSystem system, ConnectionOptions options);

    /// <summary>Where a listener or a datagram socket of this name is.</summary>
    /// <param name="door">Another name for each of a run.</param>
    public abstract EndPoint PlaceOf(string door);

    /// <summary>Where the other end of a connection of this name connects from, as owners are to see it; null, the
    /// default, leaves it to the transport.</summary>
    /// <param name="connection">Another name for each connection of a run.</param>
    public virtual EndPoint? PlaceOfPeer(string connection) => null;
}

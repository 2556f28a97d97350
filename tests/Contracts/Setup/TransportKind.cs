using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tcp;
using Handoff.Transport.Unix;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>What a suite needs to know about the transport that it is run on.</summary>
public abstract class TransportKind
{
    public abstract ConnectionOptions Options { get; }

    public abstract EndPoint AnyPlace { get; }

    public abstract EndPoint WrongPlace { get; }

    public abstract ITransport Create(ConnectionOptions options);

    /// <summary>Why another kind stands in for it on this machine; null where none does.</summary>
    public virtual string? Missing => null;

    /// <summary>Whether the peer of an abort is told that it was one.</summary>
    public bool TellsAbort => Create(Options).Capabilities.HasFlag(TransportCapabilities.Abort);

    // Elsewhere the suites are run on the portable engine once more.
    private static IEngine Loops { get; } = LinuxEngine.IsSupported
        ? new LinuxEngine(new LinuxEngineOptions())
        : new PortableEngine();

    public abstract class OnEngine(IEngine engine) : TransportKind
    {
        public override ConnectionOptions Options { get; } = new(
            PipeScheduler.ThreadPool, engine is PortableEngine ? PipeScheduler.ThreadPool : PipeScheduler.Inline);

        public IEngine Engine => engine;

        /// <summary>Whether its sockets have options by the numbers of the system.</summary>
        public virtual bool HasNumbers => true;

        /// <summary>An address that is not of this machine; null where each is.</summary>
        public virtual EndPoint? Elsewhere => AnyPlace.AddressFamily switch
        {
            AddressFamily.InterNetwork => new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0), // RFC 5737
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.Parse("2001:db8::1"), 0), // RFC 3849
            _ => new UnixDomainSocketEndPoint("/no/such/folder/socket"),
        };
    }

    public abstract class OfSystem(IEngine engine) : OnEngine(engine)
    {
        /// <summary>A socket of the system's, not connected.</summary>
        public abstract Socket Plain();
    }

    // A machine without IPv6 runs the suites over IPv4 once more: xunit cannot skip what a base class brings.
    public abstract class Tcp(IEngine engine, IPAddress wanted) : OfSystem(engine)
    {
        private static readonly string? NoIPv6 = WhyMissing(IPAddress.IPv6Loopback);

        private IPAddress Loopback => Missing is null ? wanted : IPAddress.Loopback;

        public override EndPoint AnyPlace => new IPEndPoint(Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public override string? Missing =>
            wanted.AddressFamily is AddressFamily.InterNetworkV6 ? NoIPv6 : null;

        public override ITransport Create(ConnectionOptions options) => new TcpTransport(Engine, options);

        public override Socket Plain() => new(Loopback.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        private static string? WhyMissing(IPAddress loopback)
        {
            try
            {
                using var probe = new Socket(loopback.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(loopback, 0));
                return null;
            }
            catch (SocketException failure)
            {
                return $"this machine has no {loopback}, so that it is IPv4 again: {failure.Message}";
            }
        }
    }

    public abstract class Unix(IEngine engine) : OfSystem(engine)
    {
        public override EndPoint AnyPlace =>
            new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), $"handoff-{Path.GetRandomFileName()}"));

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override ITransport Create(ConnectionOptions options) => new UnixTransport(Engine, options);

        public override Socket Plain() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    }

    public sealed class LinuxTcp() : Tcp(Loops, IPAddress.Loopback);

    public sealed class LinuxTcp6() : Tcp(Loops, IPAddress.IPv6Loopback);

    public sealed class LinuxUnix() : Unix(Loops);

    public sealed class PortableTcp() : Tcp(new PortableEngine(), IPAddress.Loopback);

    public sealed class PortableTcp6() : Tcp(new PortableEngine(), IPAddress.IPv6Loopback);

    public sealed class PortableUnix() : Unix(new PortableEngine());

    public abstract class SimulatedNetworkKind(TimeProvider time, SimulationOptions options)
        : OnEngine(new SimulatedNetwork(seed: 4, time, options))
    {
        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public override bool HasNumbers => false;

        public override EndPoint? Elsewhere => null;

        public override ITransport Create(ConnectionOptions options) => new SimulatedTransport(Engine, options);
    }

    public sealed class Simulated() : SimulatedNetworkKind(new ManualTime(), new(PipeScheduler.ThreadPool));

    // As slow, as reluctant and in as small pieces as a network may be that loses nothing.
    public sealed class SimulatedAndSlow() : SimulatedNetworkKind(
        new EagerTime(),
        new(PipeScheduler.ThreadPool)
        {
            MaxLatency = TimeSpan.FromMilliseconds(50),
            PartialReadRate = 0.3,
            PartialWriteRate = 0.3,
            StallRate = 0.05,
            LateFinRate = 0.5,
            SlowConnectRate = 0.3,
        });

    public sealed class Memory : TransportKind
    {
        private readonly MemoryNetwork _network = new(PipeScheduler.ThreadPool);

        public override ConnectionOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

        public override EndPoint AnyPlace => new MemoryEndPoint("");

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override ITransport Create(ConnectionOptions options) => new MemoryTransport(_network, options);
    }
}

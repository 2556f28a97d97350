using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tcp;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>What a suite needs to know about the transport that it is run on.</summary>
public abstract class TransportKind
{
    public abstract ConnectionOptions Options { get; }

    public abstract EndPoint AnyPlace { get; }

    public abstract EndPoint WrongPlace { get; }

    public abstract ITransport Create(ConnectionOptions options);

    public abstract class Tcp(PipeScheduler owners, PipeScheduler pumps) : TransportKind
    {
        public override ConnectionOptions Options { get; } = new(owners, pumps);

        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public abstract IEngine Engine { get; }

        public override ITransport Create(ConnectionOptions options) => new TcpTransport(Engine, options);
    }

    public sealed class PortableTcp() : Tcp(PipeScheduler.ThreadPool, PipeScheduler.ThreadPool)
    {
        public override IEngine Engine { get; } = new PortableEngine();
    }

    // Elsewhere the suites are run on the portable engine once more.
    public sealed class LinuxTcp() : Tcp(PipeScheduler.ThreadPool, PipeScheduler.Inline)
    {
        private static readonly IEngine Loops = LinuxEngine.IsSupported
            ? new LinuxEngine(new LinuxEngineOptions())
            : new PortableEngine();

        public override IEngine Engine => Loops;
    }

    public sealed class LinuxTcp6() : Tcp(PipeScheduler.ThreadPool, PipeScheduler.Inline)
    {
        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.IPv6Loopback, 0);

        public override IEngine Engine => new LinuxTcp().Engine;
    }

    public sealed class Memory : TransportKind
    {
        private readonly MemoryNetwork _network = new(PipeScheduler.ThreadPool);

        public override ConnectionOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

        public override EndPoint AnyPlace => new MemoryEndPoint("");

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override ITransport Create(ConnectionOptions options) => new MemoryTransport(_network, options);
    }
}

using System.IO.Pipelines;
using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tcp;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>TLS on both ends of a transport: what a connection owes holds for the plain bytes.</summary>
public static class TlsKind
{
    private static IEngine Loops { get; } = LinuxEngine.IsSupported
        ? new LinuxEngine(new LinuxEngineOptions())
        : new PortableEngine();

    public sealed class OverTcp() : TransportKind.OnEngine(new TlsEngine(Loops))
    {
        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public override ITransport Create(ConnectionOptions options) => new TcpTransport(Engine, options);
    }

    public sealed class OverPortableTcp() : TransportKind.OnEngine(new TlsEngine(new PortableEngine()))
    {
        public override ConnectionOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.ThreadPool);

        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public override ITransport Create(ConnectionOptions options) => new TcpTransport(Engine, options);
    }
}

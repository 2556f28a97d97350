using System.Net;
using System.Net.Sockets;
using Handoff.TestKit.Running;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sockets;
using Handoff.Transport.Tcp;
using Handoff.Transport.Udp;
using Handoff.Transport.Unix;

namespace Handoff.TestKit.Scenarios;

internal sealed class SystemTcp : ScenarioTransport
{
    public override string Name => "tcp";

    public override bool IsOutside => true;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) =>
        new TcpTransport(SystemEngine.OfProcess, options);

    public override EndPoint PlaceOf(string door) => new IPEndPoint(IPAddress.Loopback, 0);
}

// A peer without a name has no address that an owner could know it by.
internal sealed class SystemUnix : ScenarioTransport
{
    public override string Name => "unix";

    public override bool IsOutside => true;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) =>
        new UnixTransport(SystemEngine.OfProcess, options);

    public override EndPoint PlaceOf(string door) => SystemEngine.NewUnixName();

    public override EndPoint PlaceOfPeer(string connection) => SystemEngine.NewUnixName();
}

internal sealed class SystemUdp : ScenarioTransport
{
    public override string Name => "udp";

    public override bool IsOutside => true;

    public override bool HasDatagrams => true;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) => new UdpTransport(
        (IDatagramEngine)SystemEngine.OfProcess, SystemEngine.OfMessages(system, options));

    public override EndPoint PlaceOf(string door) => new IPEndPoint(IPAddress.Loopback, 0);
}

internal sealed class SystemUnixDatagrams : ScenarioTransport
{
    public override string Name => "unix-datagram";

    public override bool IsOutside => true;

    public override bool HasDatagrams => true;

    public override bool IsSupported => LinuxEngine.IsSupported && Socket.OSSupportsUnixDomainSockets;

    public override ITransport Open(SeededSystem system, ConnectionOptions options) => new UnixDatagramTransport(
        (IDatagramEngine)SystemEngine.OfProcess, SystemEngine.OfMessages(system, options));

    public override EndPoint PlaceOf(string door) => SystemEngine.NewUnixName();
}

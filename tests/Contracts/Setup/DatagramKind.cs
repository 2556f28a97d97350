using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Handoff.TestKit.Simulation;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;
using Handoff.Transport.Memory;
using Handoff.Transport.Sockets.Messages;
using Handoff.Transport.Udp;
using Handoff.Transport.Unix;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>What a suite needs to know about the datagrams that it is run on.</summary>
public abstract class DatagramKind
{
    public static LinuxEngine? Loops { get; } =
        LinuxEngine.IsSupported ? new LinuxEngine(new LinuxEngineOptions()) : null;

    public virtual MessageOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.Inline);

    public abstract IDatagramEngine Engine { get; }

    // A new one at each call, where the places have names.
    public abstract EndPoint AnyPlace { get; }

    public abstract EndPoint WrongPlace { get; }

    // How a connected sender hears that there is no receiver: as an event after the send, or as the send's answer.
    public virtual bool TellsRefusalLater => true;

    // What a send to a place where nobody is answers, without a connection.
    public virtual ResultCode ToNobody => ResultCode.EESUCCESS;

    // Bytes of the largest message that the system takes.
    public virtual int Largest => 65_507;

    public virtual bool CountsDrops => true;

    // Why its tests cannot run here; null if they can.
    public virtual string? Missing => null;

    public abstract IDatagramTransport Create(MessageOptions options);

    public abstract class Udp(IPAddress loopback) : DatagramKind
    {
        public override EndPoint AnyPlace => new IPEndPoint(loopback, 0);

        public override EndPoint WrongPlace => new IPEndPoint(
            loopback.Equals(IPAddress.Loopback) ? IPAddress.IPv6Loopback : IPAddress.Loopback, 1);

        public override string? Missing { get; } = WhyMissing(loopback);

        public override int Largest => loopback.Equals(IPAddress.Loopback) ? 65_507 : 65_527;

        public override IDatagramTransport Create(MessageOptions options) => new UdpTransport(Engine, options);

        private static string? WhyMissing(IPAddress loopback)
        {
            try
            {
                using var probe = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                probe.Bind(new IPEndPoint(loopback, 0));
                return null;
            }
            catch (SocketException failure) when (loopback.AddressFamily is AddressFamily.InterNetworkV6)
            {
                return $"this machine has no IPv6 loopback: {failure.Message}";
            }
        }
    }

    // Elsewhere the suites are run on the portable engine once more.
    public sealed class LinuxUdp(IPAddress loopback) : Udp(loopback)
    {
        public override IDatagramEngine Engine => (IDatagramEngine?)Loops ?? new PortableEngine();

        public override bool CountsDrops => LinuxEngine.IsSupported;
    }

    public sealed class PortableUdp(IPAddress loopback) : Udp(loopback)
    {
        public override MessageOptions Options { get; } = new(PipeScheduler.ThreadPool, PipeScheduler.ThreadPool);

        public override IDatagramEngine Engine { get; } = new PortableEngine();

        public override bool CountsDrops => false;
    }

    // By abstract names, which have no file.
    public sealed class LinuxUnix : DatagramKind
    {
        public override IDatagramEngine Engine => (IDatagramEngine?)Loops ?? new PortableEngine();

        public override EndPoint AnyPlace => new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override string? Missing => LinuxEngine.IsSupported ? null : "only the Linux engine has Unix datagrams";

        public override bool TellsRefusalLater => false;

        public override ResultCode ToNobody => ResultCode.EECONNREFUSED;

        // socket(7): what a message takes of the buffer beside its bytes.
        public override int Largest { get; } = LinuxEngine.IsSupported
            ? int.Parse(File.ReadAllText("/proc/sys/net/core/wmem_default"), CultureInfo.InvariantCulture) - 32
            : 0;

        public override bool CountsDrops => false;

        public override IDatagramTransport Create(MessageOptions options) =>
            new UnixDatagramTransport(Engine, options);
    }

    public sealed class Simulated : DatagramKind
    {
        public override IDatagramEngine Engine { get; } = new SimulatedNetwork(
            seed: 4, new ManualTime(), new(PipeScheduler.ThreadPool) { ReceiveWindow = 256 * 1024 });

        public override EndPoint AnyPlace => new IPEndPoint(IPAddress.Loopback, 0);

        public override EndPoint WrongPlace => new DnsEndPoint("localhost", 1);

        public override IDatagramTransport Create(MessageOptions options) =>
            new SimulatedDatagramTransport(Engine, options);
    }

    public sealed class Memory : DatagramKind
    {
        public override IDatagramEngine Engine { get; } = new MemoryDatagramNetwork(PipeScheduler.ThreadPool);

        public override EndPoint AnyPlace => new MemoryEndPoint("");

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override IDatagramTransport Create(MessageOptions options) =>
            new MemoryDatagramTransport((MemoryDatagramNetwork)Engine, options);
    }
}

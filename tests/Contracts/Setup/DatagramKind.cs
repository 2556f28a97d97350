using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.NetworkInformation;
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

    /// <summary>The number of the interface that multicast is tested on.</summary>
    public static int LoopbackInterface => NetworkInterface.LoopbackInterfaceIndex;

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

    /// <summary>Whether its sockets have options by the numbers of the system.</summary>
    public virtual bool HasNumbers => true;

    /// <summary>Whether its sockets have this option.</summary>
    public virtual bool Has(SocketOptionKind option) =>
        option is SocketOptionKind.SendBuffer or SocketOptionKind.ReceiveBuffer;

    /// <summary>Why another kind stands in for it on this machine; null where none does.</summary>
    public virtual string? Missing { get; init; }

    /// <summary>Unix datagrams, which only the Linux engine has; elsewhere UDP once more.</summary>
    public static DatagramKind OfUnix() => LinuxEngine.IsSupported
        ? new LinuxUnix()
        : new PortableUdp(IPAddress.Loopback) { Missing = "only Linux has Unix datagrams: it is UDP again" };

    public abstract IDatagramTransport Create(MessageOptions options);

    /// <summary>UDP over IPv6 where that has groups, else over IPv4 once more.</summary>
    /// <param name="isPortable">On the portable engine, or on the Linux one.</param>
    public static Udp OfGroupsOverIPv6(bool isPortable)
    {
        var loopback = Udp.HasGroupsOverIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        var missing = Udp.HasGroupsOverIPv6 ? null : "no interface is for groups over IPv6, so that it is IPv4 again";
        return isPortable
            ? new PortableUdp(loopback) { Missing = missing }
            : new LinuxUdp(loopback) { Missing = missing };
    }

    // A machine without IPv6 runs the suites over IPv4 once more: xunit cannot skip what a base class brings.
    public abstract class Udp(IPAddress wanted) : DatagramKind
    {
        private static readonly string? NoIPv6 = WhyMissing(IPAddress.IPv6Loopback);

        public bool IsIPv6 { get; } = wanted.AddressFamily is AddressFamily.InterNetworkV6 && NoIPv6 is null;

        public IPAddress Loopback => IsIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;

        public override EndPoint AnyPlace => new IPEndPoint(Loopback, 0);

        public override EndPoint WrongPlace =>
            new IPEndPoint(IsIPv6 ? IPAddress.Loopback : IPAddress.IPv6Loopback, 1);

        public override string? Missing { get; init; } =
            wanted.AddressFamily is AddressFamily.InterNetworkV6 ? NoIPv6 : null;

        public override int Largest => IsIPv6 ? 65_527 : 65_507;

        public override bool Has(SocketOptionKind option) => option switch
        {
            SocketOptionKind.IPv6Only => IsIPv6,
            SocketOptionKind.NoDelay or SocketOptionKind.KeepAlive or SocketOptionKind.KeepAliveIdle => false,
            SocketOptionKind.KeepAliveInterval or SocketOptionKind.KeepAliveCount => false,
            SocketOptionKind.Linger or SocketOptionKind.UserTimeout => false,
            _ => true,
        };

        public override IDatagramTransport Create(MessageOptions options) => new UdpTransport(Engine, options);

        /// <summary>Whether there is an interface for groups over IPv6; the loopback interface is for none.</summary>
        public static bool HasGroupsOverIPv6 { get; } = CanSendToGroups();

        private static bool CanSendToGroups()
        {
            if (NoIPv6 is not null) return false;
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                // RFC 4291: of this interface; it never leaves this host.
                return probe.SendTo("x"u8, new IPEndPoint(IPAddress.Parse("ff01::7:7"), 9)) == 1;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        private static string? WhyMissing(IPAddress loopback)
        {
            try
            {
                using var probe = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                probe.Bind(new IPEndPoint(loopback, 0));
                return null;
            }
            catch (SocketException failure)
            {
                return $"this machine has no {loopback}, so that it is IPv4 again: {failure.Message}";
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
        public override IDatagramEngine Engine => Loops!;

        public override EndPoint AnyPlace => new UnixDomainSocketEndPoint($"\0handoff-{Guid.NewGuid():N}");

        public override EndPoint WrongPlace => new IPEndPoint(IPAddress.Loopback, 1);

        public override bool TellsRefusalLater => false;

        public override ResultCode ToNobody => ResultCode.EECONNREFUSED;

        // socket(7): what a message takes of the buffer beside its bytes.
        public override int Largest { get; } =
            int.Parse(File.ReadAllText("/proc/sys/net/core/wmem_default"), CultureInfo.InvariantCulture) - 32;

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

        public override bool HasNumbers => false;

        public override bool Has(SocketOptionKind option) => base.Has(option) || option
            is SocketOptionKind.TimeToLive or SocketOptionKind.TypeOfService
            or SocketOptionKind.ReuseAddress or SocketOptionKind.Broadcast;

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

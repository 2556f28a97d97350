using System.IO.Pipelines;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Handoff.TestKit.Simulation;
using Handoff.TestKit.Simulation.Sctp;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>What a suite needs to know about the SCTP that it is run on.</summary>
internal abstract class SctpKind
{
    public abstract ISctpBackend Backend { get; }

    public virtual IPAddress Address => IPAddress.Loopback;

    // Another one of this machine; null where there is none.
    public virtual IPAddress? SecondAddress { get; } = IPAddress.Parse("127.0.0.2");

    // Where nobody listens.
    public virtual IPEndPoint Nobody => new(Address, 9);

    // What each socket is given beyond what a test asks for.
    public virtual SctpSocketOptions Options => SctpSocketOptions.Default;

    // Bytes that surely fit into what one sender may have under way.
    public virtual int Large => 48 * 1024;

    // The stack of this process, by UDP.
    public sealed class Usrsctp : SctpKind
    {
        private static readonly Lazy<ISctpBackend> One = new(() =>
        {
            var (backend, result) = UsrsctpBackend.Create(udpPort: 0, PipeScheduler.ThreadPool);
            return backend ?? throw new InvalidOperationException(result.ToString());
        });

        public override ISctpBackend Backend => One.Value;

        // The stack knows the addresses of interfaces, and no other loopback.
        public override IPAddress? SecondAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses.Select(one => one.Address))
            .FirstOrDefault(one => one.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(one));
    }

    public sealed class Simulated : SctpKind
    {
        public override ISctpBackend Backend { get; } =
            new SimulatedSctp(seed: 4, new EagerTime(), new SimulationOptions(PipeScheduler.ThreadPool));
    }

    // With latency, loss and no hurry.
    public sealed class SlowSimulated(long seed) : SctpKind
    {
        public override ISctpBackend Backend { get; } = new SimulatedSctp(
            seed,
            new EagerTime(),
            new SimulationOptions(PipeScheduler.ThreadPool)
            {
                MaxLatency = TimeSpan.FromMilliseconds(20),
                LossRate = 0.05,
                MaxStall = TimeSpan.FromMilliseconds(50),
            });
    }
}

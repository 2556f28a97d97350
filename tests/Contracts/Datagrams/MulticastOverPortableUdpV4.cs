using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MulticastOverPortableUdpV4(ITestOutputHelper output)
    : MulticastContract(new DatagramKind.PortableUdp(IPAddress.Loopback), output);

using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageFlowOverPortableUdpV6(ITestOutputHelper output)
    : MessageFlowContract(new DatagramKind.PortableUdp(IPAddress.IPv6Loopback), output);

using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class DatagramOptionOverPortableUdpV6(ITestOutputHelper output)
    : DatagramOptionContract(new DatagramKind.PortableUdp(IPAddress.IPv6Loopback), output);

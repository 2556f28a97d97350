using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageLeaseOverPortableUdpV4(ITestOutputHelper output)
    : MessageLeaseContract(new DatagramKind.PortableUdp(IPAddress.Loopback), output);

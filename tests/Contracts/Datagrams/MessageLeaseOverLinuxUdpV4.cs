using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageLeaseOverLinuxUdpV4(ITestOutputHelper output)
    : MessageLeaseContract(new DatagramKind.LinuxUdp(IPAddress.Loopback), output);

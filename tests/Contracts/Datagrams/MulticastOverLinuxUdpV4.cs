using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MulticastOverLinuxUdpV4(ITestOutputHelper output)
    : MulticastContract(new DatagramKind.LinuxUdp(IPAddress.Loopback), output);

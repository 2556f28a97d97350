using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class DatagramOptionOverLinuxUdpV6(ITestOutputHelper output)
    : DatagramOptionContract(new DatagramKind.LinuxUdp(IPAddress.IPv6Loopback), output);

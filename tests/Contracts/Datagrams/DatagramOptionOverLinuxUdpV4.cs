using System.Net;
using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class DatagramOptionOverLinuxUdpV4(ITestOutputHelper output)
    : DatagramOptionContract(new DatagramKind.LinuxUdp(IPAddress.Loopback), output);

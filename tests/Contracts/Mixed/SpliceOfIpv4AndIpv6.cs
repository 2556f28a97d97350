using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Mixed;

public sealed class SpliceOfIpv4AndIpv6(ITestOutputHelper output)
    : SpliceContract(new TransportKind.PortableTcp(), new TransportKind.LinuxTcp6(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp;

public sealed class SpliceOverLinuxTcp(ITestOutputHelper output)
    : SpliceContract(new TransportKind.LinuxTcp(), output);

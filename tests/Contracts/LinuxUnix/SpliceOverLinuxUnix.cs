using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

public sealed class SpliceOverLinuxUnix(ITestOutputHelper output)
    : SpliceContract(new TransportKind.LinuxUnix(), output);

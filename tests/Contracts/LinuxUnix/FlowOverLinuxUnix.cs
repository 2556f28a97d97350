using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

[Collection(nameof(Alone))]
public sealed class FlowOverLinuxUnix(ITestOutputHelper output)
    : FlowContract(new TransportKind.LinuxUnix(), output);

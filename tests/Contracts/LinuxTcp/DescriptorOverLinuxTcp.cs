using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp;

[Collection(nameof(Alone))]
public sealed class DescriptorOverLinuxTcp(ITestOutputHelper output)
    : DescriptorContract(new TransportKind.LinuxTcp(), output);

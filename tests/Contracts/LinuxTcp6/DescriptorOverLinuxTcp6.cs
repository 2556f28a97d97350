using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp6;

[Collection(nameof(Alone))]
public sealed class DescriptorOverLinuxTcp6(ITestOutputHelper output)
    : DescriptorContract(new TransportKind.LinuxTcp6(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

[Collection(nameof(Alone))]
public sealed class DescriptorOverLinuxUnix(ITestOutputHelper output)
    : DescriptorContract(new TransportKind.LinuxUnix(), output);

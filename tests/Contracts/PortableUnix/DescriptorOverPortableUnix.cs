using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableUnix;

[Collection(nameof(Alone))]
public sealed class DescriptorOverPortableUnix(ITestOutputHelper output)
    : DescriptorContract(new TransportKind.PortableUnix(), output);

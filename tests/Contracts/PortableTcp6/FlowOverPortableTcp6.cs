using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp6;

[Collection(nameof(Alone))]
public sealed class FlowOverPortableTcp6(ITestOutputHelper output)
    : FlowContract(new TransportKind.PortableTcp6(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp;

[Collection(nameof(Alone))]
public sealed class FlowOverPortableTcp(ITestOutputHelper output)
    : FlowContract(new TransportKind.PortableTcp(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

[Collection(nameof(Alone))]
public sealed class FlowOverSlowSimulated(ITestOutputHelper output)
    : FlowContract(new TransportKind.SimulatedAndSlow(), output);

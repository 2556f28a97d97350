using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

[Collection(nameof(Alone))]
public sealed class FlowOverSimulated(ITestOutputHelper output)
    : FlowContract(new TransportKind.Simulated(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

public sealed class OptionOverSlowSimulated(ITestOutputHelper output)
    : OptionContract(new TransportKind.SimulatedAndSlow(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

public sealed class ConnectionOverSlowSimulated(ITestOutputHelper output)
    : ConnectionContract(new TransportKind.SimulatedAndSlow(), output);

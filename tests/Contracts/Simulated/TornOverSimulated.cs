using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

public sealed class TornOverSimulated(ITestOutputHelper output)
    : TornContract(new TransportKind.Simulated(), output);

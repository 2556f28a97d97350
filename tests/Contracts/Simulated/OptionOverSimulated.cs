using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

public sealed class OptionOverSimulated(ITestOutputHelper output)
    : OptionContract(new TransportKind.Simulated(), output);

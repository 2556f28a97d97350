using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpCloseOverSimulated(ITestOutputHelper output)
    : SctpCloseContract(new SctpKind.Simulated(), output);

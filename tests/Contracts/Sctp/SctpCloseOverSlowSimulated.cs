using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpCloseOverSlowSimulated(ITestOutputHelper output)
    : SctpCloseContract(new SctpKind.SlowSimulated(seed: 7), output);

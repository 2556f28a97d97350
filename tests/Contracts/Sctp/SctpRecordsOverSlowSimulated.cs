using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpRecordsOverSlowSimulated(ITestOutputHelper output)
    : SctpRecordsContract(new SctpKind.SlowSimulated(seed: 7), output);

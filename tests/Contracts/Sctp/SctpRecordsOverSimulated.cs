using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpRecordsOverSimulated(ITestOutputHelper output)
    : SctpRecordsContract(new SctpKind.Simulated(), output);

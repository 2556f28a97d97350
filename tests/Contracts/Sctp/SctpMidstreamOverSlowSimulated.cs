using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpMidstreamOverSlowSimulated(ITestOutputHelper output)
    : SctpMidstreamContract(new SctpKind.SlowSimulated(seed: 7), output);

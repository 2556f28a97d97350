using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpSocketOverSimulated(ITestOutputHelper output)
    : SctpSocketContract(new SctpKind.Simulated(), output);

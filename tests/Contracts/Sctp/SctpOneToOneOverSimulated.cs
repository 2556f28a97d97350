using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpOneToOneOverSimulated(ITestOutputHelper output)
    : SctpOneToOneContract(new SctpKind.Simulated(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

public sealed class SctpEndpointOverSimulated(ITestOutputHelper output)
    : SctpEndpointContract(new SctpKind.Simulated(), output)
{
    [Fact]
    public Task Whoever_reads_holds_up_no_other_association_once_its_own_is_peeled_off() => Reads_on_after_its_peel();
}

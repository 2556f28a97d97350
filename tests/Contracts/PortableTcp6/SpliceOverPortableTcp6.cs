using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp6;

public sealed class SpliceOverPortableTcp6(ITestOutputHelper output)
    : SpliceContract(new TransportKind.PortableTcp6(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp;

public sealed class SpliceOverPortableTcp(ITestOutputHelper output)
    : SpliceContract(new TransportKind.PortableTcp(), output);

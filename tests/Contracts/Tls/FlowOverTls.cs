using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

[Collection(nameof(Alone))]
public sealed class FlowOverTls(ITestOutputHelper output)
    : FlowContract(new TlsKind.OverTcp(), output);

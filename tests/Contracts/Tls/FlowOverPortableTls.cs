using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

[Collection(nameof(Alone))]
public sealed class FlowOverPortableTls(ITestOutputHelper output)
    : FlowContract(new TlsKind.OverPortableTcp(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tcp;

[Collection(nameof(Alone))]
public sealed class FlowOverTcp(ITestOutputHelper output)
    : FlowContract(new TransportKind.Tcp(), output);

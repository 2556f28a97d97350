using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Memory;

[Collection(nameof(Alone))]
public sealed class FlowOverMemory(ITestOutputHelper output)
    : FlowContract(new TransportKind.Memory(), output);

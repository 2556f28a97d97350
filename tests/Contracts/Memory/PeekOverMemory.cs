using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Memory;

public sealed class PeekOverMemory(ITestOutputHelper output)
    : PeekContract(new TransportKind.Memory(), output);

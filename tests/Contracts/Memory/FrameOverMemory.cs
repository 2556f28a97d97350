using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Memory;

public sealed class FrameOverMemory(ITestOutputHelper output)
    : FrameContract(new TransportKind.Memory(), output);

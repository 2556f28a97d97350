using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Memory;

public sealed class AcceptFilterOverMemory(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.Memory(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Simulated;

public sealed class PushBackOverSimulated(ITestOutputHelper output)
    : PushBackContract(new TransportKind.Simulated(), output);

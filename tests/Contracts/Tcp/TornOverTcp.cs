using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tcp;

public sealed class TornOverTcp(ITestOutputHelper output)
    : TornContract(new TransportKind.Tcp(), output);

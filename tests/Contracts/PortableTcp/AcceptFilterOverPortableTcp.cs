using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp;

public sealed class AcceptFilterOverPortableTcp(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.PortableTcp(), output);

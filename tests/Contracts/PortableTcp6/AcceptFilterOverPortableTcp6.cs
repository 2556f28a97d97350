using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp6;

public sealed class AcceptFilterOverPortableTcp6(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.PortableTcp6(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp;

public sealed class AcceptFilterOverLinuxTcp(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.LinuxTcp(), output);

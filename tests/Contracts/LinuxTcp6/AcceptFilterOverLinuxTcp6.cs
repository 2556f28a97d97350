using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp6;

public sealed class AcceptFilterOverLinuxTcp6(ITestOutputHelper output)
    : AcceptFilterContract(new TransportKind.LinuxTcp6(), output);

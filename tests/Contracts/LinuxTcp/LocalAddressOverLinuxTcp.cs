using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxTcp;

public sealed class LocalAddressOverLinuxTcp(ITestOutputHelper output)
    : LocalAddressContract(new TransportKind.LinuxTcp(), output);

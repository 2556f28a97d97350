using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

public sealed class LocalAddressOverLinuxUnix(ITestOutputHelper output)
    : LocalAddressContract(new TransportKind.LinuxUnix(), output);

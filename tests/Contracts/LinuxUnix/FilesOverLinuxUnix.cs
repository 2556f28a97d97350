using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

public sealed class FilesOverLinuxUnix(ITestOutputHelper output)
    : UnixContract(new TransportKind.LinuxUnix(), output);

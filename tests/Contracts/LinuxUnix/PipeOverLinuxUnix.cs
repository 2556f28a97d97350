using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.LinuxUnix;

public sealed class PipeOverLinuxUnix(ITestOutputHelper output)
    : PipeContract(new TransportKind.LinuxUnix(), output);

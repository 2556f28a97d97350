using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Mixed;

public sealed class SpliceOfTcpAndUnix(ITestOutputHelper output)
    : SpliceContract(new TransportKind.LinuxTcp(), new TransportKind.LinuxUnix(), output);

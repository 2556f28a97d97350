using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class ReleaseOverTls(ITestOutputHelper output)
    : ReleaseContract(new TlsKind.OverTcp(), output);

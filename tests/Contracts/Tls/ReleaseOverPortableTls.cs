using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class ReleaseOverPortableTls(ITestOutputHelper output)
    : ReleaseContract(new TlsKind.OverPortableTcp(), output);

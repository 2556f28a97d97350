using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class LeaseOverPortableTls(ITestOutputHelper output)
    : LeaseContract(new TlsKind.OverPortableTcp(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class AcceptFilterOverTls(ITestOutputHelper output)
    : AcceptFilterContract(new TlsKind.OverTcp(), output);

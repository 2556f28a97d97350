using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class ResetOverPortableTls(ITestOutputHelper output)
    : ResetContract(new TlsKind.OverPortableTcp(), output);

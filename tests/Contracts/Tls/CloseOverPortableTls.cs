using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class CloseOverPortableTls(ITestOutputHelper output)
    : CloseContract(new TlsKind.OverPortableTcp(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class PeekOverPortableTls(ITestOutputHelper output)
    : PeekContract(new TlsKind.OverPortableTcp(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tls;

public sealed class ListenerOverPortableTls(ITestOutputHelper output)
    : ListenerContract(new TlsKind.OverPortableTcp(), output);

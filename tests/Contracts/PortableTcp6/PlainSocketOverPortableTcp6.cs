using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.PortableTcp6;

public sealed class PlainSocketOverPortableTcp6(ITestOutputHelper output)
    : PlainSocketContract(new TransportKind.PortableTcp6(), output);

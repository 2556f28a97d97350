using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tcp;

public sealed class LeaseOverTcp(ITestOutputHelper output)
    : LeaseContract(new TransportKind.Tcp(), output);

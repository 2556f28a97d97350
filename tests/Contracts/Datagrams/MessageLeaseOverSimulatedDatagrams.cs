using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageLeaseOverSimulatedDatagrams(ITestOutputHelper output)
    : MessageLeaseContract(new DatagramKind.Simulated(), output);

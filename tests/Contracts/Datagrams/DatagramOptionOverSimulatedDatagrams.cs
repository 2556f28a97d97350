using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class DatagramOptionOverSimulatedDatagrams(ITestOutputHelper output)
    : DatagramOptionContract(new DatagramKind.Simulated(), output);

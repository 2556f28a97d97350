using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class DatagramOverLinuxUnix(ITestOutputHelper output)
    : DatagramContract(DatagramKind.OfUnix(), output);

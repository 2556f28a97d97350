using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageLeaseOverLinuxUnix(ITestOutputHelper output)
    : MessageLeaseContract(DatagramKind.OfUnix(), output);

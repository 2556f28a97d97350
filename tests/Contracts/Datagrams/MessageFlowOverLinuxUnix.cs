using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageFlowOverLinuxUnix(ITestOutputHelper output)
    : MessageFlowContract(DatagramKind.OfUnix(), output);

using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Datagrams;

public sealed class MessageFlowOverMemoryDatagrams(ITestOutputHelper output)
    : MessageFlowContract(new DatagramKind.Memory(), output);

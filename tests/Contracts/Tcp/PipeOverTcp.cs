using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Tcp;

public sealed class PipeOverTcp(ITestOutputHelper output)
    : PipeContract(new TransportKind.Tcp(), output);

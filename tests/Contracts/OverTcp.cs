using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests;

public sealed class ConnectionOverTcp(ITestOutputHelper output)
    : ConnectionContract(new TransportKind.Tcp(), output);

public sealed class CloseOverTcp(ITestOutputHelper output)
    : CloseContract(new TransportKind.Tcp(), output);

public sealed class ResetOverTcp(ITestOutputHelper output)
    : ResetContract(new TransportKind.Tcp(), output);

public sealed class ListenerOverTcp(ITestOutputHelper output)
    : ListenerContract(new TransportKind.Tcp(), output);

public sealed class LeaseOverTcp(ITestOutputHelper output)
    : LeaseContract(new TransportKind.Tcp(), output);

public sealed class PipeOverTcp(ITestOutputHelper output)
    : PipeContract(new TransportKind.Tcp(), output);

public sealed class ReleaseOverTcp(ITestOutputHelper output)
    : ReleaseContract(new TransportKind.Tcp(), output);

[Collection(nameof(Alone))]
public sealed class FlowOverTcp(ITestOutputHelper output)
    : FlowContract(new TransportKind.Tcp(), output);

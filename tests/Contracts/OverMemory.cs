using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests;

public sealed class ConnectionOverMemory(ITestOutputHelper output)
    : ConnectionContract(new TransportKind.Memory(), output);

public sealed class CloseOverMemory(ITestOutputHelper output)
    : CloseContract(new TransportKind.Memory(), output);

public sealed class ResetOverMemory(ITestOutputHelper output)
    : ResetContract(new TransportKind.Memory(), output);

public sealed class ListenerOverMemory(ITestOutputHelper output)
    : ListenerContract(new TransportKind.Memory(), output);

public sealed class LeaseOverMemory(ITestOutputHelper output)
    : LeaseContract(new TransportKind.Memory(), output);

public sealed class PipeOverMemory(ITestOutputHelper output)
    : PipeContract(new TransportKind.Memory(), output);

public sealed class ReleaseOverMemory(ITestOutputHelper output)
    : ReleaseContract(new TransportKind.Memory(), output);

[Collection(nameof(Alone))]
public sealed class FlowOverMemory(ITestOutputHelper output)
    : FlowContract(new TransportKind.Memory(), output);

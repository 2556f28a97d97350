using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsKernelSctp]
public sealed class SctpEndpointOverKernel(ITestOutputHelper output)
    : SctpEndpointContract(new KernelSctpKind(), output);

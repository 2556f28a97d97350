using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsKernelSctp]
public sealed class SctpPeelOverKernel(ITestOutputHelper output)
    : SctpPeelContract(new KernelSctpKind(), output);

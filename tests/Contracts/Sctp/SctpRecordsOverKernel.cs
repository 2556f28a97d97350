using Handoff.Contracts.Tests.Setup;
using Handoff.Contracts.Tests.Suites;
using Xunit.Abstractions;

namespace Handoff.Contracts.Tests.Sctp;

[NeedsKernelSctp]
public sealed class SctpRecordsOverKernel(ITestOutputHelper output)
    : SctpRecordsContract(new KernelSctpKind(), output);

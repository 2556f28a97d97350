using Handoff.Transport.Sctp.Kernel;

namespace Handoff.Contracts.Tests.Setup;

internal sealed class NeedsKernelSctpAttribute : SctpNeedsAttribute
{
    public override string Name => "kernel-sctp";

    public override string? Missing => KernelSctp.Missing;
}

using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Sctp;
using Handoff.Transport.Sctp.Kernel;

namespace Handoff.Contracts.Tests.Setup;

/// <summary>The SCTP of the kernel.</summary>
internal sealed class KernelSctpKind : SctpKind
{
    private static readonly Lazy<KernelSctp> One =
        new(() => new KernelSctp(new LinuxEngine(new LinuxEngineOptions { Loops = 1 }), TimeProvider.System));

    public override ISctpBackend Backend => One.Value;

    // With the kernel's own, small messages by the thousand stall.
    public override SctpSocketOptions Options { get; } = new() { SystemBuffer = 2 << 20 };
}

using System.Net;
using Handoff.Transport.Sctp.Kernel;

namespace Handoff.Contracts.Tests.Setup;

internal sealed class NeedsSilentPeerAttribute : SctpNeedsAttribute
{
    private const string Variable = "HANDOFF_SILENT_PEER";

    // An address that can be sent to and never answers.
    public static IPAddress Address => IPAddress.Parse(Environment.GetEnvironmentVariable(Variable)!);

    public override string Name => "silent-peer";

    public override string? Missing => KernelSctp.Missing
        ?? (Environment.GetEnvironmentVariable(Variable) is null ? $"{Variable} names none (eng/uml has one)" : null);
}

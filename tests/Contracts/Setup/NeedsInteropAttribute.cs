using System.Globalization;
using Handoff.Transport.Sctp.Kernel;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Contracts.Tests.Setup;

internal sealed class NeedsInteropAttribute : SctpNeedsAttribute
{
    private const string Setting = "/proc/sys/net/sctp/udp_port";

    // Where the kernel takes SCTP in UDP; 0 where it does not.
    public static int Port { get; } =
        File.Exists(Setting) ? int.Parse(File.ReadAllText(Setting), CultureInfo.InvariantCulture) : 0;

    public override string Name => "interop";

    public override string? Missing => KernelSctp.Missing ?? UsrsctpStack.Missing
        ?? (Port == 0 ? "net.sctp.udp_port is 0: the kernel takes no SCTP in UDP (eng/uml sets it)" : null);
}

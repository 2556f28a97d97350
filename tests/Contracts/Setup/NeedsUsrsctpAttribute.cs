using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Contracts.Tests.Setup;

internal sealed class NeedsUsrsctpAttribute : SctpNeedsAttribute
{
    public override string Name => "usrsctp";

    public override string? Missing => UsrsctpStack.Missing;
}

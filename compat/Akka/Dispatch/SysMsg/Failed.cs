using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

internal sealed class Failed(IInternalActorRef child, Exception cause) : SystemMessage
{
    internal IInternalActorRef Child { get; } = child;

    internal Exception Cause { get; } = cause;

    internal override bool WaitsForChildren => true;

    internal override bool WaitsForRecovery => true;
}

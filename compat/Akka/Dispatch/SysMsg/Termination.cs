using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

internal sealed class StopChild(IActorRef child)
{
    internal IActorRef Child { get; } = child;
}

internal sealed class RegisterTerminationHook
{
    internal static RegisterTerminationHook Instance { get; } = new();
}

internal sealed class TerminationHook
{
    internal static TerminationHook Instance { get; } = new();
}

internal sealed class TerminationHookDone
{
    internal static TerminationHookDone Instance { get; } = new();
}

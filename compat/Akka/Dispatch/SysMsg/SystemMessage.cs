using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

internal abstract class SystemMessage : INoSerializationVerificationNeeded
{
    internal SystemMessage Next;

    // What an actor that waits for its children, or that has failed, puts off.
    internal virtual bool WaitsForChildren => false;

    internal virtual bool WaitsForRecovery => false;

    public override string ToString() => $"<{GetType().Name}>";
}

namespace Akka.Dispatch.SysMsg;

internal sealed class Create : SystemMessage
{
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    internal Exception Cause { get; } = cause;

    internal override bool WaitsForChildren => true;
}

internal sealed class Suspend : SystemMessage
{
    internal override bool WaitsForChildren => true;
}

internal sealed class Resume(Exception causedByFailure) : SystemMessage
{
    internal Exception CausedByFailure { get; } = causedByFailure;

    internal override bool WaitsForChildren => true;
}

internal sealed class Terminate : SystemMessage, Akka.Actor.IPossiblyHarmful, Akka.Event.IDeadLetterSuppression
{
}

internal sealed class NoMessage : SystemMessage
{
    internal static readonly NoMessage Closed = new();
}

namespace Akka.Actor.Internal;

// Why an actor waits for children that are stopping.
internal enum SuspendReason
{
    None,
    UserRequest,
    Recreation,
    Creation,
    Termination,
}

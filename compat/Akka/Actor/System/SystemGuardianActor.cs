using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor.Internal;

// Outlives the user's actors until everybody who asked for a word at the end has had it.
internal sealed class SystemGuardianActor(IActorRef userGuardian) : ActorBase
{
    private readonly HashSet<IActorRef> _hooks = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(userGuardian):
                Become(Terminating);
                foreach (var hook in _hooks)
                    hook.Tell(TerminationHook.Instance);
                StopAfterHooks();
                break;
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case RegisterTerminationHook when !Sender.Equals(Context.System.DeadLetters):
                _hooks.Add(Sender);
                Context.Watch(Sender);
                break;
            default:
                Drop(message);
                break;
        }

        return true;
    }

    // Nothing of its own is lost, so nothing of its children's either.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    private bool Terminating(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                _hooks.Remove(terminated.ActorRef);
                StopAfterHooks();
                break;
            case TerminationHookDone:
                _hooks.Remove(Sender);
                StopAfterHooks();
                break;
            default:
                Drop(message);
                break;
        }

        return true;
    }

    private void StopAfterHooks()
    {
        if (_hooks.Count > 0)
            return;
        Context.System.EventStream.StopDefaultLoggers(Context.System);
        Context.Stop(Self);
    }

    private void Drop(object message) =>
        Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
}

using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal interface IInternalActorRef : IActorRef
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    bool IsTerminated { get; }

    IInternalActorRef GetSingleChild(string name);

    void Start();

    void Suspend();

    void Resume(Exception causedByFailure = null);

    void Restart(Exception cause);

    void Stop();

    void SendSystemMessage(SystemMessage message);
}

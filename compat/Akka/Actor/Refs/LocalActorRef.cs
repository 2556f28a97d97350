using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal class LocalActorRef : InternalActorRefBase
{
    internal LocalActorRef(
        ActorSystemImpl system,
        Props props,
        MessageDispatcher dispatcher,
        MailboxType mailboxType,
        IInternalActorRef supervisor,
        ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, dispatcher, supervisor);
        Cell.Init(mailboxType);
    }

    public sealed override ActorPath Path { get; }

    internal ActorCell Cell { get; }

    internal override IInternalActorRef ParentRef => Cell.Parent;

    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    internal override bool HasTerminated => Cell.Mailbox.IsClosed;

    internal override IInternalActorRef FindChild(string name) => Cell.GetSingleChild(name);

    internal override void StartCell() => Cell.Start();

    internal override void StopCell() => Cell.SendSystemMessage(new Terminate());

    internal override void SendSystem(SystemMessage message) => Cell.SendSystemMessage(message);

    protected override void TellInternal(object message, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cell.SendMessage(message, sender);
    }
}

using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

// What is behind the reference of an actor: its mailbox, behaviours, children and watches.
internal sealed partial class ActorCell : IUntypedActorContext
{
    internal const long UndefinedUid = 0;

    private readonly LocalActorRef _self;
    private ActorBase _actor;
    private Receive _behavior;
    private Stack<Receive> _stackedBehaviors;
    private ActorTaskScheduler _taskScheduler;

    internal ActorCell(
        ActorSystemImpl system,
        LocalActorRef self,
        Props props,
        MessageDispatcher dispatcher,
        IInternalActorRef parent)
    {
        SystemImpl = system;
        _self = self;
        Props = props;
        Dispatcher = dispatcher;
        Parent = parent;
    }

    internal static ActorCell Current => InternalCurrentActorCellKeeper.Current;

    public IActorRef Self => _self;

    public IActorRef Sender { get; private set; }

    public Props Props { get; private set; }

    public ActorSystem System => SystemImpl;

    public MessageDispatcher Dispatcher { get; }

    IActorRef IActorContext.Parent => Parent;

    internal IInternalActorRef Parent { get; }

    internal ActorSystemImpl SystemImpl { get; }

    internal Mailbox Mailbox { get; private set; }

    internal ActorBase Actor => _actor;

    internal object CurrentMessage { get; set; }

    internal bool ActorHasBeenCleared { get; private set; }

    // Tells one message from the next, where the same object is sent twice.
    internal int CurrentEnvelopeId { get; private set; }

    internal ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    // What the actor began with is never replaced, only covered.
    public void Become(Receive receive)
    {
        if (_stackedBehaviors is { Count: > 0 })
            _behavior = receive;
        else
            BecomeStacked(receive);
    }

    public void BecomeStacked(Receive receive)
    {
        if (_behavior != null)
            (_stackedBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_stackedBehaviors is { Count: > 0 })
            _behavior = _stackedBehaviors.Pop();
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(ToReceive(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(ToReceive(receive));

    public ActorSelection ActorSelection(string actorPath) =>
        SelectionParser.Parse(actorPath, SystemImpl, _self);

    public ActorSelection ActorSelection(ActorPath actorPath) => SelectionParser.Parse(actorPath, SystemImpl);

    internal void Init(MailboxType mailboxType)
    {
        Mailbox = new Mailbox(this, Dispatcher, mailboxType.Create(_self, SystemImpl));
        Dispatcher.Attach();
    }

    // Its first message makes the actor; the mailbox runs it.
    internal void Start() => SendSystemMessage(new Create());

    internal void SendMessage(object message, IActorRef sender) => Mailbox.Enqueue(new Envelope(message, sender));

    internal void SendSystemMessage(SystemMessage message) => Mailbox.EnqueueSystem(message);

    private static Receive ToReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private ActorBase NewActor()
    {
        ActorHasBeenCleared = false;
        ClearBehaviors();
        var actor = Props.NewActor();
        if (actor is IActorStash stashing)
            stashing.Stash = StashFactory.CreateStash(this, stashing);
        if (actor is ReceiveActor receiveActor)
            receiveActor.EndConfiguration();
        actor.StrategyFromProps = Props.SupervisorStrategy;
        return actor;
    }

    private void ClearActor(ActorBase actor)
    {
        if (actor != null)
        {
            if (actor is IDisposable disposable)
                Dispose(disposable);
            Props.Release(actor);
            actor.Clear(SystemImpl.DeadLetters);
        }

        ActorHasBeenCleared = true;
        CurrentMessage = null;
        ClearBehaviors();
    }

    private void Dispose(IDisposable actor)
    {
        try
        {
            actor.Dispose();
        }
        catch (Exception cause)
        {
            PublishError(cause, $"An error occurred while disposing {actor.GetType()} actor. Reason: {cause.Message}");
        }
    }

    private void ClearBehaviors()
    {
        _behavior = null;
        _stackedBehaviors = null;
    }

    private void PublishError(Exception cause, string text) =>
        SystemImpl.EventStream.Publish(new Event.Error(cause, _self.Path.ToString(), LogClass, text));

    private void PublishDebug(string text) =>
        SystemImpl.EventStream.Publish(new Event.Debug(_self.Path.ToString(), LogClass, text));

    private Type LogClass => _actor?.GetType() ?? typeof(ActorCell);
}

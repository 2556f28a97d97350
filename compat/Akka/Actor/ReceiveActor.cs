namespace Akka.Actor;

public abstract class ReceiveActor : UntypedActor
{
    private MessageHandlers _configuring = new();
    private MessageHandlers _initial;

    protected ReceiveActor()
    {
    }

    protected sealed override void OnReceive(object message) => Handle(_initial, message);

    protected void Become(Action configure)
    {
        var handlers = Configure(configure);
        base.Become(message => Handle(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configure(configure);
        base.BecomeStacked(message => Handle(handlers, message));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) =>
        Configuring.Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Configuring.Add(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Configuring.Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Configuring.Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Configuring.Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) => Configuring.Add(messageType, handler);

    protected void ReceiveAny(Action<object> handler) => Configuring.Add(handler, null);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) =>
        Receive(Wrap(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Receive(Wrap(handler), shouldHandle);

    protected void ReceiveAsync(
        Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, Wrap(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Receive(messageType, Wrap(handler), shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Wrap(handler));

    internal void EndConfiguration()
    {
        // A producer may give the same instance again after a restart.
        if (_initial != null)
            return;
        _initial = _configuring;
        _configuring = null;
    }

    private MessageHandlers Configuring => _configuring
        ?? throw new InvalidOperationException(
            "You may only call Receive-methods when constructing the actor and inside Become().");

    private MessageHandlers Configure(Action configure)
    {
        var outer = _configuring;
        var handlers = _configuring = new MessageHandlers();
        configure();
        _configuring = outer;
        return handlers;
    }

    private void Handle(MessageHandlers handlers, object message)
    {
        if (!handlers.Handle(message))
            Unhandled(message);
    }

    private static Action<T> Wrap<T>(Func<T, Task> handler) =>
        message => Dispatch.ActorTaskScheduler.RunTask(() => handler(message));
}

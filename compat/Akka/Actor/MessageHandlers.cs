namespace Akka.Actor;

// What a ReceiveActor does with which message: the first that takes it has it.
internal sealed class MessageHandlers
{
    private Handler[] _handlers = [];
    private bool _catchesAll;

    internal bool Handle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler.TryHandle(message))
                return true;
        }

        return false;
    }

    internal void Add<T>(Action<T> handler, Predicate<T> shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(shouldHandle == null ? new Always<T>(handler) : new Sometimes<T>(handler, shouldHandle));
        _catchesAll = typeof(T) == typeof(object) && shouldHandle == null;
    }

    internal void Add<T>(Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new Deciding<T>(handler));
    }

    internal void Add(Type type, Action<object> handler, Predicate<object> shouldHandle)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new OfType(type, message =>
        {
            if (shouldHandle != null && !shouldHandle(message))
                return false;
            handler(message);
            return true;
        }));
        _catchesAll = type == typeof(object) && shouldHandle == null;
    }

    internal void Add(Type type, Func<object, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new OfType(type, handler));
    }

    private void Add(Handler handler)
    {
        if (_catchesAll)
        {
            throw new InvalidOperationException(
                "A handler that catches all messages has been added. No handler can be added after that.");
        }

        Array.Resize(ref _handlers, _handlers.Length + 1);
        _handlers[^1] = handler;
    }

    private abstract class Handler
    {
        internal abstract bool TryHandle(object message);
    }

    private sealed class Always<T>(Action<T> handler) : Handler
    {
        internal override bool TryHandle(object message)
        {
            if (message is not T typed)
                return false;
            handler(typed);
            return true;
        }
    }

    private sealed class Sometimes<T>(Action<T> handler, Predicate<T> shouldHandle) : Handler
    {
        internal override bool TryHandle(object message)
        {
            if (message is not T typed || !shouldHandle(typed))
                return false;
            handler(typed);
            return true;
        }
    }

    private sealed class Deciding<T>(Func<T, bool> handler) : Handler
    {
        internal override bool TryHandle(object message) => message is T typed && handler(typed);
    }

    private sealed class OfType(Type type, Func<object, bool> handler) : Handler
    {
        internal override bool TryHandle(object message) => type.IsInstanceOfType(message) && handler(message);
    }
}

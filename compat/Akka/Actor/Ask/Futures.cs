using Akka.Actor.Internal;

namespace Akka.Actor;

public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var asker = CreateAsker<T>(self, timeout, cancellationToken);
        self.Tell(message, asker);
        return asker.Result;
    }

    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var asker = CreateAsker<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(asker), asker);
        return asker.Result;
    }

    private static AskRef<T> CreateAsker<T>(ICanTell self, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ResolveProvider(self)
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var asker = new AskRef<T>(provider);
        var limit = timeout ?? provider.Settings.AskTimeout;
        if (limit > TimeSpan.Zero)
            asker.ExpireAfter(limit);
        if (cancellationToken.CanBeCanceled)
            asker.CancelBy(cancellationToken);
        return asker;
    }

    private static LocalActorRefProvider ResolveProvider(ICanTell target) => target switch
    {
        LocalActorRef local => local.Cell.SystemImpl.LocalProvider,
        ActorSelection selection => ResolveProvider(selection.Anchor),
        IInternalActorRef actor => (LocalActorRefProvider)actor.Provider,
        _ => ActorCell.Current?.SystemImpl.LocalProvider,
    };
}

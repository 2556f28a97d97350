namespace Akka.Actor;

public static class StashFactory
{
    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => CreateStash(context, typeof(T));

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) =>
        CreateStash(context, actorInstance.GetType());

    public static IStash CreateStash(this IActorContext context, Type actorType)
    {
        if (typeof(IWithUnboundedStash).IsAssignableFrom(actorType))
            return new MessageStash((ActorCell)context, Props.NoStashCapacity);
        if (!typeof(IWithUnrestrictedStash).IsAssignableFrom(actorType))
        {
            throw new ArgumentException(
                $"Actor {actorType} implements an unrecognized subclass of {typeof(IActorStash)}", nameof(actorType));
        }

        var cell = (ActorCell)context;
        var capacity = cell.Props.StashCapacity;
        return new MessageStash(
            cell, capacity == Props.NoStashCapacity ? cell.SystemImpl.StashCapacity(cell.Props) : capacity);
    }
}

namespace Akka.Actor.Internal;

internal static class InternalCurrentActorCellKeeper
{
    [ThreadStatic]
    private static ActorCell t_current;

    internal static ActorCell Current
    {
        get => t_current;
        set => t_current = value;
    }
}

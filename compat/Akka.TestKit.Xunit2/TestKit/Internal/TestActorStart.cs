using Akka.Actor;

namespace Akka.TestKit.Internal;

internal static class TestActorStart
{
    public static IActorRef Start(ExtendedActorSystem system, Props props, string name) =>
        system.SystemActorOf(props, name);

    public static ActorCell CellOf(IActorRef actor) => ((LocalActorRef)actor).Cell;
}

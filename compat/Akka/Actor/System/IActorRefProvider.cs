namespace Akka.Actor;

public interface IActorRefProvider
{
    IActorRef DeadLetters { get; }

    ActorPath RootPath { get; }

    Address DefaultAddress { get; }

    Settings Settings { get; }

    IActorRef ResolveActorRef(ActorPath actorPath);

    IActorRef ResolveActorRef(string path);
}

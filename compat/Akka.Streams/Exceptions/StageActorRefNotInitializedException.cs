namespace Akka.Streams.Stage;

public class StageActorRefNotInitializedException : Exception
{
    public static readonly StageActorRefNotInitializedException Instance = new();

    private StageActorRefNotInitializedException()
        : base("You must first call GetStageActorRef(StageActorRef.Receive), to initialize the actor's behavior")
    {
    }
}

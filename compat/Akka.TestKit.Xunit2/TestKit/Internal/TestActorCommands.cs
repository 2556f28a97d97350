using Akka.Actor;

namespace Akka.TestKit.Internal;

// What a test kit tells its own test actor; none of it reaches the queue.
internal abstract record TestActorCommand : INoSerializationVerificationNeeded
{
    internal sealed record Watch(IActorRef Actor) : TestActorCommand;

    internal sealed record Unwatch(IActorRef Actor) : TestActorCommand;

    internal sealed record Ignore(Func<object, bool> ShouldIgnore) : TestActorCommand;

    internal sealed record Fly(AutoPilot Pilot) : TestActorCommand;

    internal sealed record Spawn(Props Props, string Name) : TestActorCommand;

    internal sealed record Done : TestActorCommand
    {
        public static readonly Done Instance = new();
    }
}

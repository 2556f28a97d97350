using Akka.Actor;

namespace Handoff.Gateway.Connections;

// From the gateway's actor: what it binds itself is bound, and it waits for what it inherits. Services: whose the
// connections are that come.
internal sealed record Prepared(IReadOnlyDictionary<string, IActorRef> Services);

// To the gateway's actor: the process that it replaces has given what it had to give.
internal sealed record TakenOver
{
    public static TakenOver Instance { get; } = new();
}

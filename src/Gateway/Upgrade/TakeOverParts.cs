using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace Handoff.Gateway.Upgrade;

// What a process has to do with that replaces another one.
internal sealed record TakeOverParts
{
    // Where the old process hears commands.
    public required EndPoint Old { get; init; }

    public required IActorRef Gateway { get; init; }

    public required IActorRef Control { get; init; }

    // Where this one is to hear them, and who listens; nowhere if it is null.
    public required UnixDomainSocketEndPoint? Address { get; init; }

    public required IActorRef Upgrade { get; init; }

    public required IActorRef Sockets { get; init; }

    public required IActorRef Processes { get; init; }
}

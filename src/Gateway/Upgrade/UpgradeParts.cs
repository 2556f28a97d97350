using System.Net;
using Akka.Actor;

namespace Handoff.Gateway.Upgrade;

// What an upgrade has to do with.
internal sealed record UpgradeParts
{
    public required IActorRef Gateway { get; init; }

    public required IActorRef Control { get; init; }

    // Of the control socket.
    public required EndPoint Address { get; init; }

    public required IActorRef Sockets { get; init; }

    public required IActorRef Processes { get; init; }

    // Of one move: handoff.handles.max-sockets.
    public required int MostSockets { get; init; }

    public required OwnCommand Command { get; init; }

    // Ends this process, with success.
    public required Action Stop { get; init; }
}

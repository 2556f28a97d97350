using System.Net;
using Akka.Actor;

namespace Handoff.Gateway.Connections;

// To a connection: stop at a clean point, and offer yourself to the target. It tells its service OnOffer or Stays; of
// an offer that fails it says nothing, and goes on as if nothing had been.
internal sealed record Leave(IActorRef Target, TimeSpan Within);

// From a connection: whoever asks the target from now on finds the offer there.
internal sealed record OnOffer
{
    public static OnOffer Instance { get; } = new();
}

// From a connection: it has not begun, or ends by itself, or is on its way to another service of this process.
internal sealed record Stays
{
    public static Stays Instance { get; } = new();
}

// To a service: so many of its connections at most are to leave, and those that do not stop in time are not waited
// for. Answered by ServiceLeaving.
internal sealed record LeaveSome(Leave How, int Most, TimeSpan PauseTimeout);

// Connections: all that the service has, those on offer among them.
internal sealed record ServiceLeaving(string Service, int OnOffer, int Connections);

// To the gateway's actor: which services run? Answered by RunningServices.
internal sealed record GetServices
{
    public static GetServices Instance { get; } = new();
}

internal sealed record RunningServices(IReadOnlyList<RunningService> Services);

// To the gateway's actor: listeners, and connections of some services, are to leave. Answered by Departing.
internal sealed record Depart(Leave How, int MostConnections, TimeSpan PauseTimeout)
{
    // Of those here that the target takes; all others stay.
    public IReadOnlyCollection<EndPoint> Listeners { get; init; } = [];

    public required IReadOnlyCollection<string> Services { get; init; }
}

// On offer now: so many listeners, and so many connections. Left: all connections that there are, those on offer
// among them, those that a listener which has left has accepted, and the listeners that follow once no program has
// them.
internal sealed record Departing(int Listeners, int Connections, int Left)
{
    // Listeners that a program has, and that can leave when it has ended.
    public int Lent { get; init; }
}

// To the gateway's actor, once another process has taken over: the listeners that are still here are closed.
internal sealed record StopListening
{
    public static StopListening Instance { get; } = new();
}

using System.Diagnostics;
using System.Net;
using Akka.Actor;

namespace Handoff.Gateway.Upgrade;

// One attempt to be replaced: who asked for it, the process that was started for it, and what that wants.
internal sealed class Attempt(IActorRef client, NextVersion next)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public IActorRef Client => client;

    public NextVersion Next => next;

    // The control connection of the new process; nobody before it has said that it is there.
    public IActorRef Line { get; set; } = ActorRefs.Nobody;

    // The new process as a target, once it is ready.
    public IActorRef Peer { get; set; } = ActorRefs.Nobody;

    // What it ended with, where it did.
    public int? ExitCode { get; set; }

    public HashSet<EndPoint> Listeners { get; } = [];

    public HashSet<string> Services { get; } = new(StringComparer.Ordinal);

    public bool WantsControl { get; set; }

    public int Tries { get; set; }

    // Connections of one move; fewer where so many were too much for one.
    public int MostConnections { get; set; }

    public int MovedConnections { get; set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);
}

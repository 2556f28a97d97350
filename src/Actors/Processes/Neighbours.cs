using Akka.Actor;

namespace Handoff.Processes;

// What the actor of the processes knows, and a restarted one must still know.
internal sealed class Neighbours
{
    public Dictionary<string, IActorRef> Services { get; } = new(StringComparer.Ordinal);

    // Null before other processes are heard.
    public Reception? Reception { get; set; }

    // Where they are.
    public string Path { get; set; } = "";

    // Targets that are other processes.
    public int Peers { get; set; }
}

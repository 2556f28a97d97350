using Akka.Actor;
using Akka.Configuration;

namespace Handoff.Bench;

// The actor system that a bench runs in: quiet, with the engine and the way of resuming owners that were asked for.
internal sealed record BenchSystem(string Engine, string Resume = "pool")
{
    // Lines of configuration.
    public string More { get; init; } = "";

    public ActorSystem Create() => ActorSystem.Create("bench", ConfigurationFactory.ParseString(
        $$"""
        akka.loglevel = ERROR
        akka.stdout-loglevel = ERROR
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        handoff.engine = {{Engine}}
        handoff.io.resume = {{Resume}}
        {{More}}
        """));
}

using Akka.Actor;
using Akka.Configuration;

namespace Handoff.TwoProcess.Tests.Host;

// An echo of actors that has all its sockets kept, and goes on with those of a server that was killed.
internal static class ServingSide
{
    public static async Task<int> RunAsync(HostSettings settings)
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            akka.loglevel = WARNING
            handoff.keeper { control = "{{settings.Control}}", answer-timeout = 30s }
            handoff.handles.answer-timeout = 30s
            handoff.listen.acquire-timeout = 30s
            """);
        var system = ActorSystem.Create("server", config);
        var (handoff, connections) = (HandoffExtension.For(system), settings.Connections);
        system.ActorOf(Props.Create(() => new ServingActor(handoff, connections)), "serving");
        await system.WhenTerminated;
        return 0;
    }
}

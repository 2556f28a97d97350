using Akka.Configuration;

namespace Akka.Actor;

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        if (config.IsNullOrEmpty())
            throw new ConfigurationException("akka.coordinated-shutdown is empty");
        var shutdown = new CoordinatedShutdown(system, CoordinatedShutdownPhase.AllFrom(config));
        shutdown.AddTerminateTask(exitProcess: config.GetBoolean("exit-clr"));
        if (config.GetBoolean("run-by-clr-shutdown-hook"))
            shutdown.RunOnProcessExit();
        return shutdown;
    }
}

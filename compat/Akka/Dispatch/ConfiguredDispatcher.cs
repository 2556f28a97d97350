namespace Akka.Dispatch;

internal abstract class ConfiguredDispatcher : MessageDispatcher
{
    protected ConfiguredDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        var config = configurator.Config;
        Id = config.GetString("id");
        Throughput = config.GetInt("throughput");
        ShutdownTimeout = config.GetTimeSpan("shutdown-timeout");
        var deadline = config.GetTimeSpan("throughput-deadline-time").Ticks;
        ThroughputDeadlineTime = deadline > 0 ? deadline : null;
    }
}

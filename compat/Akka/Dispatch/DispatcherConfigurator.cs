using Akka.Configuration;

namespace Akka.Dispatch;

internal sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _dispatcher;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = config.GetString("executor") == "fork-join-executor"
            ? new DedicatedThreadDispatcher(this)
            : new ThreadPoolDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

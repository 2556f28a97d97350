using Akka.Configuration;

namespace Akka.Dispatch;

internal sealed class DedicatedThreadConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _dispatcher;

    public DedicatedThreadConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new DedicatedThreadDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

using Akka.Configuration;

namespace Akka.Dispatch;

// Each actor gets a dispatcher, and so a thread, of its own.
internal sealed class PinnedDispatcherConfigurator : MessageDispatcherConfigurator
{
    public PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
    }

    public override MessageDispatcher Dispatcher() => new DedicatedThreadDispatcher(this);
}

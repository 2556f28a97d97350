namespace Akka.Dispatch;

internal sealed class ThreadPoolDispatcher(MessageDispatcherConfigurator configurator)
    : ConfiguredDispatcher(configurator)
{
    protected override void ExecuteTask(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: true);

    protected override void Shutdown()
    {
    }
}

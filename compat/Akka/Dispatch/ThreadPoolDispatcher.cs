namespace Akka.Dispatch;

internal sealed class ThreadPoolDispatcher(MessageDispatcherConfigurator configurator)
    : ConfiguredDispatcher(configurator)
{
    // How often a thread of the pool keeps what an actor on it woke up, at most; on average half of it.
    private const int MostTurns = 256;

    [ThreadStatic]
    private static int t_turnsLeft;

    // What a thread keeps for itself comes next and is still in its cache, but comes before all that waits in the
    // queue of the pool: two actors that answer each other would have the thread for ever. So now and then one goes to
    // the end of that queue: by lot, as any fixed number may meet the rhythm of the messages.
    protected override void ExecuteTask(IRunnable run)
    {
        var keep = --t_turnsLeft > 0;
        if (!keep)
            t_turnsLeft = Random.Shared.Next(1, MostTurns + 1);
        ThreadPool.UnsafeQueueUserWorkItem(run, keep);
    }

    protected override void Shutdown()
    {
    }
}

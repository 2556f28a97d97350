using Akka.Configuration;
using Akka.Dispatch;

namespace Handoff.Compat.Tests.Dispatching;

internal sealed class CountingDispatcher : MessageDispatcher
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _executed;

    public CountingDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        Id = configurator.Config.GetString("id");
        ShutdownTimeout = configurator.Config.GetTimeSpan("shutdown-timeout");
        ThroughputDeadlineTime = null;
    }

    public int Executed => Volatile.Read(ref _executed);

    public long Actors => Inhabitants;

    public Task Ended => _ended.Task;

    public void Report(Exception cause) => ReportFailure(cause);

    protected override void ExecuteTask(IRunnable run)
    {
        Interlocked.Increment(ref _executed);
        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
    }

    protected override void Shutdown() => _ended.TrySetResult();
}

internal sealed class CountingConfigurator : MessageDispatcherConfigurator
{
    private readonly CountingDispatcher _dispatcher;

    public CountingConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new CountingDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

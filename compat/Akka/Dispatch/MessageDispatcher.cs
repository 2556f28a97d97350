using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private long _inhabitants;
    private int _shutdownScheduled;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
    }

    public MessageDispatcherConfigurator Configurator { get; }

    public string Id { get; protected set; }

    public int Throughput { get; set; }

    public long? ThroughputDeadlineTime { get; protected set; }

    public TimeSpan ShutdownTimeout { get; protected set; }

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run)
    {
        Interlocked.Increment(ref _inhabitants);
        ExecuteTask(new CountedRunnable(this, run));
    }

    protected abstract void ExecuteTask(IRunnable run);

    protected abstract void Shutdown();

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName, GetType(), ex.Message));

    internal void Execute(IRunnable run) => ExecuteTask(run);

    internal void Attach() => Interlocked.Increment(ref _inhabitants);

    internal void Detach()
    {
        if (Interlocked.Decrement(ref _inhabitants) == 0
            && Interlocked.CompareExchange(ref _shutdownScheduled, 1, 0) == 0)
            ScheduleShutdown();
    }

    private void ScheduleShutdown()
    {
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, ShutdownIfEmpty);
        }
        catch (SchedulerException)
        {
            // The scheduler stopped first: this is the end of the actor system.
            Volatile.Write(ref _shutdownScheduled, 0);
            Shutdown();
        }
    }

    private void ShutdownIfEmpty()
    {
        Volatile.Write(ref _shutdownScheduled, 0);
        if (Inhabitants != 0)
            return;
        try
        {
            Shutdown();
        }
        catch (Exception cause)
        {
            ReportFailure(cause);
        }
    }

    private sealed class CountedRunnable(MessageDispatcher dispatcher, IRunnable run) : IRunnable
    {
        public void Execute() => Run();

        public void Run()
        {
            try
            {
                run.Run();
            }
            finally
            {
                dispatcher.Detach();
            }
        }
    }
}

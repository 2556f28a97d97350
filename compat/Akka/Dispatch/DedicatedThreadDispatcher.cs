using System.Threading.Channels;

namespace Akka.Dispatch;

// Threads of its own, for actors that block: as many as configured, started when there is work, ended by Shutdown.
internal sealed class DedicatedThreadDispatcher(MessageDispatcherConfigurator configurator)
    : ConfiguredDispatcher(configurator)
{
    private const string CountKey = "dedicated-thread-pool.thread-count";

    private readonly Lock _gate = new();
    private Channel<IRunnable> _work;

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_gate)
        {
            _work ??= Start();
            _work.Writer.TryWrite(run);
        }
    }

    protected override void Shutdown()
    {
        lock (_gate)
        {
            _work?.Writer.TryComplete();
            _work = null;
        }
    }

    // Not bounded in itself: it holds at most one entry for each actor of this dispatcher.
    private Channel<IRunnable> Start()
    {
        var work = Channel.CreateUnbounded<IRunnable>();
        for (var i = Math.Max(1, Configurator.Config.GetInt(CountKey, 1)); i > 0; i--)
        {
            new Thread(() => Work(work.Reader)) { IsBackground = true, Name = $"{Id}-{i}" }.Start();
        }

        return work;
    }

    private void Work(ChannelReader<IRunnable> work)
    {
        while (work.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (work.TryRead(out var run))
            {
                try
                {
                    run.Run();
                }
                catch (Exception cause)
                {
                    ReportFailure(cause);
                }
            }
        }
    }
}

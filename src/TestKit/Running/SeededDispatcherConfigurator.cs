using Akka.Configuration;
using Akka.Dispatch;

namespace Handoff.TestKit.Running;

/// <summary>
/// The type of a dispatcher whose actors all run on the thread that steps a <see cref="SeededSystem"/>, in the order
/// that its seed draws.
/// </summary>
public sealed class SeededDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SeededDispatcher _dispatcher;

    /// <summary>Made by Akka.</summary>
    /// <param name="config">The dispatcher's own section.</param>
    /// <param name="prerequisites">Akka's own.</param>
    public SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
        ArgumentNullException.ThrowIfNull(config);
        _dispatcher = new SeededDispatcher(this);
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;

    private sealed class SeededDispatcher : MessageDispatcher
    {
        private readonly SeededQueue _queue;

        public SeededDispatcher(MessageDispatcherConfigurator configurator)
            : base(configurator)
        {
            Id = configurator.Config.GetString("id");
            Throughput = configurator.Config.GetInt("throughput");
            _queue = SeededQueue.Of(configurator.Config.GetString(SeededQueue.DispatcherKey));
        }

        protected override void ExecuteTask(IRunnable run) => _queue.Add(new Work(run, null));

        protected override void Shutdown()
        {
        }
    }
}

using System.IO.Pipelines;

namespace Handoff.TestKit.Running;

// What pumps and leases resume is a step of the run.
internal sealed class SeededPipeScheduler(SeededQueue queue) : PipeScheduler
{
    public override void Schedule(Action<object?> action, object? state) => queue.Add(new Work(action, state));
}

using System.IO.Pipelines;

namespace Handoff.Transport.Tests.Setup;

/// <summary>Runs everything on the thread of the test, one thing after the other, until nothing is left.</summary>
internal sealed class Turns : PipeScheduler
{
    private readonly Queue<(Action<object?> Action, object? State)> _queue = new();

    public override void Schedule(Action<object?> action, object? state) => _queue.Enqueue((action, state));

    public void RunAll(int most = 1_000_000)
    {
        for (var i = 0; _queue.TryDequeue(out var next); i++)
        {
            Assert.True(i < most, "it never ends");
            next.Action(next.State);
        }
    }
}

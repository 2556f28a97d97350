namespace Handoff.TestKit.Running;

// Code that awaits goes on as a step of the run.
internal sealed class SeededContext(SeededQueue queue) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => queue.Add(new Work(d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("One thread runs all of it, so that waiting would be for ever: post.");

    public override SynchronizationContext CreateCopy() => this;

    public void Run(SendOrPostCallback continuation, object? state)
    {
        SetSynchronizationContext(this);
        try
        {
            continuation(state);
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }
}

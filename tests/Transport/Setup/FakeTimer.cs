namespace Handoff.Transport.Tests.Setup;

/// <summary>A clock with one timer, which passes when the test says so.</summary>
internal sealed class FakeTimer : TimeProvider
{
    private Action? _pass;

    public TimeSpan? Due { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Due = dueTime;
        _pass = () => callback(state);
        return new Timer(this);
    }

    public void Pass() => _pass!();

    private sealed class Timer(FakeTimer time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time._pass = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

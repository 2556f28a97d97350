using System.Diagnostics;
using Handoff.Transport;

namespace Handoff.Actors.Tests.Tracing;

// What an exporter would hear: the spans that have ended. Other tests run beside it in this process, so that a span is
// found by the trace of its test, or by what a target was told.
internal sealed class Spans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];
    private TaskCompletionSource _changed = NewSignal();

    public Spans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_listener);
        UnderWay = new Activity("test").Start();
        UnderWay.ActivityTraceFlags = ActivityTraceFlags.Recorded;
    }

    // On the thread of the test, until this is disposed of.
    public Activity UnderWay { get; }

    // Of what is under way here.
    public Task<IReadOnlyList<Activity>> WhenEndedAsync(int count, TimeSpan patience) =>
        WhenEndedAsync(span => span.TraceId == UnderWay.TraceId, count, patience);

    public async Task<Activity> WhenEndedAsync(ActivityContext told, TimeSpan patience) =>
        Assert.Single(await WhenEndedAsync(span => span.Context.Equals(told), 1, patience));

    private async Task<IReadOnlyList<Activity>> WhenEndedAsync(Predicate<Activity> which, int count, TimeSpan patience)
    {
        while (true)
        {
            Task changed;
            lock (_ended)
            {
                if (_ended.FindAll(which) is var found && found.Count >= count) return found;
                changed = _changed.Task;
            }

            await changed.WaitAsync(patience);
        }
    }

    public async Task<Activity> WhenEndedAsync(TimeSpan patience) => Assert.Single(await WhenEndedAsync(1, patience));

    public void Dispose()
    {
        UnderWay.Dispose();
        _listener.Dispose();
    }

    private void Add(Activity span)
    {
        TaskCompletionSource changed;
        lock (_ended)
        {
            _ended.Add(span);
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

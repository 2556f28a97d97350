using System.Diagnostics;

namespace Handoff.Transport.Tests;

[Collection(nameof(Setup.Alone))]
public sealed class SpanTests
{
    [Fact]
    public void A_span_that_begins_and_ends_leaves_what_is_under_way_on_its_thread_as_it_is()
    {
        using var listener = Listen();
        using var under = new Activity("under way").Start();

        var root = Telemetry.StartActivity("root", ActivityKind.Producer)!;
        Assert.Same(under, Activity.Current);
        Assert.Equal(default, root.ParentSpanId);
        var child = Telemetry.StartActivity("child", ActivityKind.Consumer, under.Context)!;
        Assert.Equal((under.TraceId, under.SpanId), (child.TraceId, child.ParentSpanId));
        Telemetry.Stop(child);
        Telemetry.Stop(root);
        Assert.Same(under, Activity.Current);
        Assert.True(root.IsStopped && child.IsStopped);
    }

    [Fact]
    public void Where_nobody_listens_there_is_no_span_and_nothing_is_allocated()
    {
        using var under = new Activity("under way").Start();
        var allocated = Setup.Allocated.Least(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Assert.Null(Telemetry.Current);
                Assert.Null(Telemetry.StartActivity("none", ActivityKind.Producer, under.Context));
            }
        });
        Assert.Equal(0, allocated);
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

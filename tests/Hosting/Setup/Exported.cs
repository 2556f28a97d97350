using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Handoff.Hosting.Tests.Setup;

// What OpenTelemetry's SDK hears under the name Handoff, of this process.
internal sealed class Exported : IDisposable
{
    private readonly List<MetricSnapshot> _metrics = [];
    private readonly List<Activity> _spans = [];
    private readonly MeterProvider _meter;
    private readonly TracerProvider _tracer;

    public Exported()
    {
        _meter = Sdk.CreateMeterProviderBuilder().AddMeter("Handoff").AddInMemoryExporter(_metrics).Build();
        _tracer = Sdk.CreateTracerProviderBuilder().AddSource("Handoff").SetSampler(new AlwaysOnSampler())
            .AddInMemoryExporter(_spans).Build();
    }

    // To be read when this is disposed of. All that was exported: totals, of the last time.
    public IReadOnlyList<MetricSnapshot> Metrics => _metrics;

    public IReadOnlyList<Activity> Spans => _spans;

    // What is counted when somebody asks is asked now.
    public void Collect() => _meter.ForceFlush();

    public void Dispose()
    {
        _meter.Dispose();
        _tracer.Dispose();
    }
}

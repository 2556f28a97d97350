using System.Diagnostics.Metrics;

namespace Handoff.Hosting.Tests.Setup;

internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

// What the meter tells, as an exporter would hear it.
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<Measured> _readings = [];
    private TaskCompletionSource _changed = NewSignal();

    public Readings()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Handoff") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measured> Of(string instrument, string? system = null)
    {
        lock (_readings)
        {
            return
            [
                .. _readings.Where(r => r.Instrument == instrument
                    && (system is null || Equals(r.Tags.GetValueOrDefault("handoff.system"), system))),
            ];
        }
    }

    // Asks the instruments that are counted when they are asked.
    public IReadOnlyList<Measured> Observe(string instrument, string system)
    {
        lock (_readings) _readings.RemoveAll(r => r.Instrument == instrument);
        _listener.RecordObservableInstruments();
        return Of(instrument, system);
    }

    public async Task WhenAsync(Func<bool> isThere, TimeSpan patience)
    {
        while (true)
        {
            Task changed;
            lock (_readings) changed = _changed.Task;
            if (isThere()) return;
            await changed.WaitAsync(patience);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var reading = new Measured(instrument.Name, value, tags.ToArray().ToDictionary(t => t.Key, t => t.Value));
        TaskCompletionSource changed;
        lock (_readings)
        {
            _readings.Add(reading);
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Globalization;

namespace Handoff.Campaign.Tests.Running;

// How far it is: on a terminal one line that changes, elsewhere a line now and then. Any thread.
internal sealed class Progress(TextWriter error, bool isTerminal, int total)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private TimeSpan _next;
    private int _done;
    private int _failed;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    private double Rate => _done / Math.Max(0.001, Elapsed.TotalSeconds);

    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds:F1} s, {Rate:F0} a second");

    public void Played(Verdict verdict)
    {
        lock (_gate)
        {
            _done++;
            if (verdict.IsFailure) _failed++;
            if (Elapsed < _next && _done < total) return;
            _next = Elapsed + (isTerminal ? Often : Seldom);
            var left = TimeSpan.FromSeconds((total - _done) / Math.Max(0.001, Rate));
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{_done} of {total}, {_failed} failed, {Rate:F0} a second, {left:hh\\:mm\\:ss} left");
            if (isTerminal) error.Write('\r' + line.PadRight(70));
            else error.WriteLine(line);
            if (isTerminal && _done == total) error.WriteLine();
        }
    }
}

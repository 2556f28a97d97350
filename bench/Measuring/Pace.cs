namespace Handoff.Bench.Measuring;

// How often and how long is measured; a window that is not said is the bench's own.
internal sealed record Pace(bool IsQuick, int Rounds, TimeSpan? Window)
{
    private const int Normal = 5;
    private const int Quick = 3;

    public static Pace Of(bool quick, int? rounds, double? seconds) => new(
        quick,
        rounds ?? (quick ? Quick : Normal),
        seconds is { } s ? TimeSpan.FromSeconds(s) : null);

    public TimeSpan WindowOr(double normalSeconds, double quickSeconds) =>
        Window ?? TimeSpan.FromSeconds(IsQuick ? quickSeconds : normalSeconds);
}

namespace Handoff.Transport.Handles.Passing;

// What is left of a time-out over several waits.
internal readonly struct Bound(TimeSpan within, TimeProvider timeProvider)
{
    private readonly long _began = timeProvider.GetTimestamp();

    public TimeSpan Left
    {
        get
        {
            var left = within - timeProvider.GetElapsedTime(_began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}

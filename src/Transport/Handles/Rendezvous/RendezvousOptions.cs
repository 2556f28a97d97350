namespace Handoff.Transport.Handles.Rendezvous;

// The bounds of what processes find each other by.
internal sealed record RendezvousOptions
{
    public const int MostPeers = 4096;
    public const int MostNames = 65_536;

    public HandleOptions Handles { get; init; } = new();

    // Control connections of other processes that may be open here at the same time.
    public int MaxPeers
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostPeers);
            field = value;
        }
    } = 64;

    // How long such a connection may be silent before its first frame.
    public TimeSpan FirstFrameTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(5);

    // The pause after an accept that failed.
    public TimeSpan AcceptPause { get; init => field = Bounded(value); } = TimeSpan.FromMilliseconds(100);

    // Names in one runtime directory.
    public int MaxNames
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostNames);
            field = value;
        }
    } = 1024;

    // Gets of this process that may be under way at the same time.
    public int MaxWaiting
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1024;

    // Who waits for a name looks so often, whether or not the system told of a change.
    public TimeSpan RecheckInterval { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(1);

    private static TimeSpan Bounded(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
        return value;
    }
}

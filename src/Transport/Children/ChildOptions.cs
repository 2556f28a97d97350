namespace Handoff.Transport.Children;

internal sealed record ChildOptions
{
    public const int MostChildren = 32768;

    // Children that may run at the same time.
    public int MaxChildren
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostChildren);
            field = value;
        }
    } = 1024;

    // How long a child that is told to end (SIGTERM) may take; then it is killed, and has as long again to be gone.
    public TimeSpan StopTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}

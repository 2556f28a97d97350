using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Keeping;

// The bounds of a keeper, and of those who have something kept.
internal sealed record KeeperOptions
{
    public const int MostDeposits = 1_000_000;

    // Processes that are connected, or were and left something.
    public int MaxDepositors { get; init => field = Counted(value); } = 64;

    // Of all of them; each is two descriptors of the keeper's.
    public int MaxDeposits { get; init => field = Counted(value); } = 65_536;

    public int MaxDepositsOfOne { get; init => field = Counted(value); } = 16_384;

    // Of what goes with all deposits, in bytes.
    public int MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, FrameBounds.SmallestBaggage);
            field = value;
        }
    } = 64 * 1024 * 1024;

    // How long a keeper may take to answer, and a process that connected to say who it is.
    public TimeSpan AnswerTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(5);

    // How long a process whose connection ended may take to end itself: one that lives on has withdrawn everything.
    public TimeSpan ExitTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(5);

    // How long after its depositor's death a deposit waits for an adopter.
    public TimeSpan HoldTimeout { get; init => field = Bounded(value); } = TimeSpan.FromSeconds(60);

    // After an accept that failed.
    public TimeSpan AcceptPause { get; init => field = Bounded(value); } = TimeSpan.FromMilliseconds(100);

    // Of the messages, and of the moves to adopters.
    public HandleOptions Handles { get; init; } = new();

    private static int Counted(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostDeposits);
        return value;
    }

    private static TimeSpan Bounded(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
        return value;
    }
}

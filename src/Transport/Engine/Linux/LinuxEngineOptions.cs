namespace Handoff.Transport.Engine.Linux;

/// <summary>How many loops a <see cref="LinuxEngine"/> runs, where, who hears of one that is held up, and what it
/// leaves to others.</summary>
public sealed record LinuxEngineOptions
{
    /// <summary>
    /// Threads that wait for events and move bytes; descriptors are spread over them. Default one for each processor,
    /// at most 8; at least 1, at most 1024.
    /// </summary>
    public int Loops
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1024);
            field = value;
        }
    } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>
    /// The processors that the loops are bound to, in turn (<c>sched_setaffinity(2)</c>); empty, the default, leaves
    /// it to the system.
    /// </summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <summary>
    /// Descriptors of the process that accepting and connecting leave to others, such as the .NET runtime, which ends
    /// the process when it finds none: short of them, both answer <see cref="ResultCode.EENOSOCKS"/>, and connections
    /// wait to be accepted. Default 64; at least 0, and never more than half of what the soft limit of the process
    /// (RLIMIT_NOFILE, <c>getrlimit(2)</c>) leaves free when the engine starts.
    /// </summary>
    public int ReservedDescriptors
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64;

    /// <summary>
    /// How often a loop asks for events before it sleeps, where they follow each other closely: being woken takes
    /// longer than the answer to an answer, and asking costs the CPU. Default 0, which sleeps at once; 30 are some ten
    /// microseconds; at most 1000.
    /// </summary>
    public int PollsBeforeSleep
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    }

    /// <summary>
    /// How long one round of a loop may take before it counts as held up by an owner that was resumed on it; null, the
    /// default, does not watch. It is found after at most twice this time.
    /// </summary>
    public TimeSpan? StallAfter { get; init; }

    /// <summary>
    /// Told of a loop that is held up, once, and once more when it goes on; on the thread of a timer.
    /// </summary>
    public Action<LoopStall>? Stalled { get; init; }

    /// <summary>The clock of the watch. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    // Stands in for the limit of the process; null asks for that.
    internal int? DescriptorLimit { get; init; }
}

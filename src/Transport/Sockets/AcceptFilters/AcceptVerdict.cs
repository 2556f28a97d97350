namespace Handoff.Transport.Sockets.AcceptFilters;

/// <summary>What an accept filter says of a connection; by default, that it cannot tell yet.</summary>
public readonly record struct AcceptVerdict
{
    private AcceptVerdict(ResultCode code) => Code = code;

    /// <summary>It cannot tell before more bytes come.</summary>
    public static AcceptVerdict NeedMore => default;

    /// <summary>The acceptor is shown the connection.</summary>
    public static AcceptVerdict Accept { get; } = new(ResultCode.EESUCCESS);

    /// <summary>
    /// <see cref="ResultCode.None"/> while it needs more, <see cref="ResultCode.EESUCCESS"/> for an accept, else why
    /// the connection is dropped.
    /// </summary>
    public ResultCode Code { get; }

    /// <summary>The connection is reset, and its acceptor never hears of it.</summary>
    /// <param name="why">For the log; a failure.</param>
    public static AcceptVerdict Drop(ResultCode why) => why is ResultCode.None or ResultCode.EESUCCESS
        ? throw new ArgumentOutOfRangeException(nameof(why), why, "A drop needs a failure as its reason.")
        : new AcceptVerdict(why);
}

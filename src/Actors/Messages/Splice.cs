namespace Handoff.Messages;

/// <summary>
/// Links two connections of one owner: what the peer of one sends goes to the peer of the other, without the owner,
/// until <see cref="SpliceEnded"/>. What waits to be read is moved first. Meanwhile the owner's reads wait and its
/// other commands for the two are refused with <c>EEBUSY</c>; it may close, abort, name an heir and
/// <see cref="Unsplice"/>. What it was delivered by messages and has not consumed is moved, too: consume it first.
/// Answered by <see cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EESECURITY</c> (a handle is not the owner's),
/// <c>EEBADF</c>, <c>EESOCKRLSD</c>, <c>EEBUSY</c> (spliced already, an open read result, bytes not flushed, a write
/// that waits), <c>EENOTCONN</c> (no longer open both ways), <c>EEMODENOTSUPP</c> (no connection), <c>EEBADDATA</c>
/// (twice the same, or a limit under 1), <c>EEQUOTA</c> (idle time-out), <c>EEINTR</c> (dissolved before it began),
/// <c>EETIMEDOUT</c>. Source: <c>sosplice(9)</c>.
/// </summary>
/// <param name="Handle">The owner's authority over the one; the command is told to its socket.</param>
/// <param name="Other">The owner's authority over the other.</param>
public sealed record Splice(SocketHandle Handle, SocketHandle Other) : ISocketCommand
{
    /// <summary>
    /// Whether bytes move back too, and each peer's FIN is passed on to the other. One way, only what the peer of
    /// <see cref="Handle"/> sends is moved, and its FIN ends the splice; what the other peer sends waits.
    /// </summary>
    public bool BothWays { get; init; } = true;

    /// <summary>Bytes to be moved from <see cref="Handle"/> to <see cref="Other"/>, from 1; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Bytes to be moved back, from 1; null for all.</summary>
    public long? LimitBack { get; init; }

    /// <summary>
    /// How long nothing may be moved either way, at most <c>handoff.splice.max-idle-timeout</c>; null for as long as
    /// both connections live. Found after at most twice this time.
    /// </summary>
    public TimeSpan? IdleTimeout { get; init; }
}

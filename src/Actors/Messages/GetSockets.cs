namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: asks for the status of many sockets, a page at a time, in the order of
/// their numbers. Whoever policy allows may ask; nothing changes, and there is no authority in the answer. Answered by
/// <see cref="SocketPage"/>, or by <see cref="Refused"/>: <c>EESECURITY</c> (policy), <c>EEBADDATA</c> (a number that
/// cannot be), <c>EEQUOTA</c> (over <c>handoff.status.max-page</c>, or <c>handoff.status.max-pending</c> are under
/// way). Source: LPC's <c>socket_sessions</c> and <c>dump_socket_status</c>.
/// </summary>
public sealed record GetSockets
{
    /// <summary>Sockets with a higher number than this: 0, the default, for the first page, then
    /// <see cref="SocketPage.Next"/>.</summary>
    public long After { get; init; }

    /// <summary>How many sockets a page may have, from 1; null, the default, for
    /// <c>handoff.status.max-page</c>.</summary>
    public int? Most { get; init; }

    /// <summary>On whose behalf, for <c>ISocketPolicy</c>. Null says nothing.</summary>
    public object? Credential { get; init; }
}

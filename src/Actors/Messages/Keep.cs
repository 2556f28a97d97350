namespace Handoff.Messages;

/// <summary>
/// Has a keeper hold a copy of a listener or a connection, so that after <c>kill -9</c> of this process its restart
/// takes it up (<see cref="AdoptKept"/>, <c>docs/keeper.md</c>). It is kept until it ends or is another process's,
/// whoever owns it here; from now on its end is a shutdown. Answered by <see cref="Confirmed"/>, or by
/// <see cref="Refused"/>: <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c> (on offer, or on loan), <c>EEBUSY</c>
/// (spliced), <c>EEALREADY</c> (it is kept, or is a listener that the service manager passed: <see
/// cref="AdoptInherited"/>), <c>EEMODENOTSUPP</c> (no keeper is named, not the Linux engine, datagrams
/// or records, or an attachment that nothing declared writes), <c>EENAMETOOLONG</c>, <c>EEBADDATA</c> (key,
/// attachment),
/// <c>EEMSGSIZE</c> (attachment), <c>EEQUOTA</c> (<c>handoff.keeper.max-waiting</c>, or a bound of whoever keeps it),
/// <c>EENOSOCKS</c>, or why the keeper does not answer: <c>EECONNREFUSED</c>, <c>EETIMEDOUT</c>, <c>EENOTCONN</c>. If
/// the keeper is lost later the owner is told by <see cref="KeepingLost"/>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Key">For whom, of <see cref="AdoptKept"/>: 1 to 64 bytes of printable ASCII without blanks.</param>
public sealed record Keep(SocketHandle Handle, string Key) : ISocketCommand
{
    /// <summary>
    /// What the next owner is sent along, as with a release to another process; as it is now, for as long as the
    /// socket is kept.
    /// </summary>
    public object? Attachment { get; init; }
}

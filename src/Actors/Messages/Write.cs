namespace Handoff.Messages;

/// <summary>
/// Sends bytes, for an owner that reads by messages. <see cref="Written"/> follows when they are in the bounded
/// outbound
/// queue; or <see cref="Refused"/>, and then nothing of them is sent: <c>EESECURITY</c>, <c>EEBADF</c>,
/// <c>EESOCKRLSD</c> (on offer), <c>EEALREADY</c> (an earlier write waits for room), <c>EEMSGSIZE</c> (over
/// <c>handoff.io.max-write</c>), <c>EENOTCONN</c> (sending is finished), <c>EEMODENOTSUPP</c> (the owner has a lease).
/// One that waits for room when its owner sends <see cref="Reattach"/> is refused with <c>EESECURITY</c>;
/// <c>Acquired.Written</c> tells how much of it was accepted. One that waits when its owner sends <see cref="Close"/>
/// is refused with <c>EEBADF</c> unless all of it was accepted; what was accepted is sent.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Bytes">The bytes; not to be changed before the answer. Empty is answered at once.</param>
public sealed record Write(SocketHandle Handle, ReadOnlyMemory<byte> Bytes) : ISocketCommand;

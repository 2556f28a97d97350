using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Messages;

/// <summary>
/// Sends one message, whole or not at all, for an owner that reads by messages. <see cref="Sent"/> follows when it was
/// accepted; or <see cref="Refused"/>, and then it is not sent: <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c>
/// (on offer), <c>EEMODENOTSUPP</c> (the owner has a lease, or the socket is none of messages), <c>EEALREADY</c> (an
/// earlier one waits for room), <c>EEISCONN</c> (another address than the peer's), <c>EENOADDR</c>, <c>EEMSGSIZE</c>
/// (over <c>handoff.datagram.max-message</c>, or what the system takes), <c>EEBADDATA</c> (an empty record),
/// <c>EENOTCONN</c> (a connection of records whose sending is finished), <c>EERESET</c>, <c>EEBADADDR</c>,
/// <c>EEUNREACH</c>, <c>EECONNREFUSED</c>, <c>EEWOULDBLOCK</c> (the receiver of a Unix datagram has no room),
/// <c>EESENDTO</c>; of an association also <c>EEINVAL</c> (no such stream, or flags that end it). Told to a
/// one-to-many SCTP socket it begins an association with the address (RFC 6458, 3.1), and the acceptor is offered that
/// when it is up; <c>EEISCONN</c>: there is one, whose owner sends. Source: <c>socket_write(3)</c> of LPC.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Bytes">The message; not to be changed before the answer. May be empty.</param>
/// <param name="Address">The receiver; not needed where the socket has a peer.</param>
public sealed record SendTo(SocketHandle Handle, ReadOnlyMemory<byte> Bytes, EndPoint? Address) : ISocketCommand
{
    /// <summary>
    /// Of an association: stream, payload protocol, order, reliability; its association is not looked at. Elsewhere
    /// the default value, or <c>EEMODENOTSUPP</c>.
    /// </summary>
    public SctpSendInfo Info { get; init; }
}

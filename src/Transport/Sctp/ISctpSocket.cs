using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp;

// One SCTP socket of any style. One receive (a wait counts as one) and one send (a wait to send counts as one) may be
// in flight at a time; everything else is for any thread, any time. What is "ignored" below is what RFC 6458 8 says:
// a socket with one association does not look at ids and addresses.
//
// Order: what one association brings (messages of one stream and its events) comes in the order in which it came
// about. Its first is Up (also on a socket that was connected or accepted), its last is Lost, ShutdownComplete or
// CannotStart. After that last event of a peeled or one-to-one socket TryReceive says EENOTCONN for ever (levelled:
// the kernel tells nothing more on a peeled socket, usrsctp a 0 with garbage).
//
// Dispose closes, never waits, is idempotent, and ends what is in flight with EEBADF. Each association of the socket
// is shut down gracefully, what was accepted is sent first; one with unread messages is aborted, as both stacks do it.
// Associations that were peeled off live on (RFC 6458, 3.1).
internal interface ISctpSocket : ISocketOptions, IDisposable
{
    SctpStyle Style { get; }

    // Its addresses, with the port that the system chose; readable after close too. Of the whole endpoint: see
    // GetLocalAddresses for those of one association.
    IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    // The primary address of the one association; null of a one-to-many socket.
    IPEndPoint? RemoteEndPoint { get; }

    // The one association of a peeled or one-to-one socket, under the id that it always had; default of a
    // one-to-many socket.
    SctpAssociationId Association { get; }

    // The events that it tells; those of associations (Up, Restarted, ShutdownComplete, Lost, CannotStart) are always
    // told. A peeled socket begins with those of its origin. Who begins to want SenderDry is told at once of each
    // association that has nothing under way (RFC 6458, 6.1.9).
    SctpEventKinds Events { get; set; }

    // A one-to-many socket takes associations from now on; 0 stops that. EEINVAL on a peeled socket, EEISCONN on a
    // one-to-one one, EELISTEN, EEBADF.
    SocketResult Listen(int backlog);

    // Adds or removes local addresses (RFC 6458, 9.1), all or none; port 0 is that of the socket, another is
    // EEBADADDR. EEINVAL on a peeled socket or where none would be left, EEADDRINUSE, EEBIND, EEMODENOTSUPP, EEBADF.
    SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding);

    // Begins an association of a one-to-many socket with a peer of one or several addresses; Up or CannotStart tells
    // the outcome. EENOADDR, EEBADADDR, EEISCONN (there is one with that peer, here or peeled off; and on a socket of
    // another style), EECONNECT, EEUNREACH, EEBADF.
    SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer);

    // Takes the oldest message, piece of a message or event; never waits. EEWOULDBLOCK (nothing is there), EENOTCONN
    // (see above), EEBADF, EERECV. The failure of one association of a one-to-many socket is an event, never a code.
    SctpReceived TryReceive(Span<byte> buffer);

    // Waits, without a buffer, until TryReceive may bring something or a code other than EEWOULDBLOCK. Peeling off an
    // association neither ends nor loses it.
    ValueTask<IoResult> WaitReadableAsync();

    // Ends the pending WaitReadable and every later one with EEINTR; a receive still works.
    void StopWaiting();

    // Sends one message, whole or not at all; never waits.
    // A one-to-many socket sends to info.Association if that is not default, else to the association with that
    // address, else it begins one (implicit set-up; Up brings its id). A socket with one association ignores both.
    // Flags.EndAssociation shuts the association down gracefully after what was sent, Flags.Abort aborts it with the
    // message for the reason.
    // EEWOULDBLOCK (no room), EENOADDR (neither id nor address), EEBADADDR (a malformed one, or another family),
    // EENOTCONN (the id is not of this socket: unknown, ended or peeled off; or the association has ended, or is
    // being shut down), EEADDRINUSE (by address: the association with it was peeled off), EEINVAL (no such stream;
    // EndAssociation with bytes; an empty message without EndAssociation or Abort; AddressOverride without an
    // address of the peer), EEMSGSIZE, EEUNREACH, EEBADF; EESENDTO for the rest.
    IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null);

    // Waits until TrySend, after an EEWOULDBLOCK, may be tried again; success promises nothing more. Of a one-to-many
    // socket it cannot tell which association has room (RFC 6458, 3.2). A send that found no room and whose
    // association is peeled off meanwhile is woken, and then told EENOTCONN: it never follows. EENOTCONN after the
    // last event of a socket with one association, EEBADF.
    ValueTask<IoResult> WaitWritableAsync();

    // Branches one association off into a socket of its own (RFC 6458, 9.2; RFC 6458, 3.1). What it brought and
    // nobody received moves in order, what it has to send moves, and so do its options and Events; nothing of others
    // moves. It may be peeled off before Up, which then comes on the new socket. EEINVAL (no such association here:
    // unknown, default, ended, peeled off already; a socket of another style; unknown flags), EEBUSY (pinned by a
    // call of ours), EENOSOCKS, EEBADF.
    SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags);

    // Of one association (RFC 6458, 9.3 and 9.5); the id is ignored where there is one only. A one-to-many socket
    // gives its own for default (local), and EEINVAL (peer). EEINVAL: no such association here; EENOTCONN: it ended.
    SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association);

    SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association);

    // SCTP_STATUS (RFC 6458, 8.2.1). Codes as for addresses.
    SctpOr<SctpStatus> GetStatus(SctpAssociationId association);

    // For default of a one-to-many socket: of the socket and the associations to come. EEINVAL (no such association,
    // or a value out of its bounds), EEMODENOTSUPP (this back end or style has it not), EESETSOCKOPT, EEBADF.
    SocketResult SetOption(SctpAssociationId association, SctpOption option);

    SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind);

    // Closes at once and aborts every association of the socket. Idempotent.
    void Abort();
}

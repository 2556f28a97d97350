namespace Handoff.Transport;

/// <summary>
/// The result codes of every operation that can fail: LPC's socket codes by their names and numbers, and below
/// -32 what LPC had no code for. Source: seed <c>socket_release(3)</c> and FluffOS <c>socket_err.h</c>.
/// </summary>
public enum ResultCode
{
    /// <summary>No result yet; never part of an answer.</summary>
    None = 0,

    /// <summary>The operation was carried out.</summary>
    EESUCCESS = 1,

    /// <summary>The operating system made no socket.</summary>
    EESOCKET = -1,

    /// <summary>An option could not be set.</summary>
    EESETSOCKOPT = -2,

    /// <summary>Non-blocking mode could not be set.</summary>
    EENONBLOCK = -3,

    /// <summary>No descriptor is left in the process or the system (EMFILE, ENFILE).</summary>
    EENOSOCKS = -4,

    /// <summary>The descriptor is out of range.</summary>
    EEFDRANGE = -5,

    /// <summary>The socket is closed, or was never open.</summary>
    EEBADF = -6,

    /// <summary>The caller has no authority: not the owner, an older epoch, or refused by policy.</summary>
    EESECURITY = -7,

    /// <summary>The socket already has a local address.</summary>
    EEISBOUND = -8,

    /// <summary>The address is in use.</summary>
    EEADDRINUSE = -9,

    /// <summary>The address could not be bound, for another reason than being in use.</summary>
    EEBIND = -10,

    /// <summary>The local address could not be read.</summary>
    EEGETSOCKNAME = -11,

    /// <summary>The operation does not fit this kind of socket.</summary>
    EEMODENOTSUPP = -12,

    /// <summary>An address is needed and none was given.</summary>
    EENOADDR = -13,

    /// <summary>The socket is connected already.</summary>
    EEISCONN = -14,

    /// <summary>The socket could not be made to listen.</summary>
    EELISTEN = -15,

    /// <summary>The socket does not listen.</summary>
    EENOTLISTN = -16,

    /// <summary>Nothing was done, because it would have to wait.</summary>
    EEWOULDBLOCK = -17,

    /// <summary>A signal interrupted the call before anything was done.</summary>
    EEINTR = -18,

    /// <summary>A connection could not be accepted.</summary>
    EEACCEPT = -19,

    /// <summary>The socket listens.</summary>
    EEISLISTEN = -20,

    /// <summary>The address is malformed.</summary>
    EEBADADDR = -21,

    /// <summary>An earlier operation is not finished; this one was not accepted.</summary>
    EEALREADY = -22,

    /// <summary>The peer refused the connection.</summary>
    EECONNREFUSED = -23,

    /// <summary>The connection could not be made, for another reason than a refusal or the time-out.</summary>
    EECONNECT = -24,

    /// <summary>The socket is not connected, or its sending side is shut down.</summary>
    EENOTCONN = -25,

    /// <summary>The object cannot be sent in this mode.</summary>
    EETYPENOTSUPP = -26,

    /// <summary>A datagram could not be sent.</summary>
    EESENDTO = -27,

    /// <summary>Sending failed; the socket is gone.</summary>
    EESEND = -28,

    /// <summary>The bytes were accepted; send no more until they are reported written.</summary>
    EECALLBACK = -29,

    /// <summary>The socket is on offer already; its owner may revoke or close, nothing else.</summary>
    EESOCKRLSD = -30,

    /// <summary>The socket is not on offer (to the caller), or nobody acquired it and its owner keeps it.</summary>
    EESOCKNOTRLSD = -31,

    /// <summary>The data is nested too deeply or is malformed.</summary>
    EEBADDATA = -32,

    /// <summary>
    /// An operation of the owner's own pins the socket: an open read result, bytes not flushed, a splice.
    /// </summary>
    EEBUSY = -33,

    /// <summary>The name is taken (NetIPC 31).</summary>
    EENAMEINUSE = -34,

    /// <summary>No socket is given under the name (NetIPC 37).</summary>
    EENAMENOTFOUND = -35,

    /// <summary>The name is not 1 to 16 bytes long (NetIPC 28).</summary>
    EENAMETOOLONG = -36,

    /// <summary>The table of given sockets is full (NetIPC 36).</summary>
    EEGIVETABLEFULL = -37,

    /// <summary>The operation did not end inside its time-out.</summary>
    EETIMEDOUT = -38,

    /// <summary>The peer reset the connection.</summary>
    EERESET = -39,

    /// <summary>The connection was aborted on this side.</summary>
    EEABORTED = -40,

    /// <summary>The message is larger than its bound.</summary>
    EEMSGSIZE = -41,

    /// <summary>The target does not live in this actor system.</summary>
    EENOTLOCAL = -42,

    /// <summary>The network or the host cannot be reached.</summary>
    EEUNREACH = -43,

    /// <summary>Receiving failed, for another reason than a reset.</summary>
    EERECV = -44,

    /// <summary>A bound on open offers, waiting connections or reattachments is reached.</summary>
    EEQUOTA = -45,

    /// <summary>A program could not be started; the reason names it.</summary>
    EESPAWN = -46,

    /// <summary>
    /// An argument means nothing here: no such association or stream, an unknown flag (EINVAL).
    /// </summary>
    EEINVAL = -47,

    /// <summary>What was named is no socket, or not one of this kind (ENOTSOCK).</summary>
    EENOTSOCK = -48,

    /// <summary>
    /// TLS failed: no handshake (a certificate, a name, a protocol that both know), or a record that is not the
    /// peer's.
    /// </summary>
    EETLS = -49,

    /// <summary>
    /// The peer's stream ended without the end that TLS asks for (close_notify): what came last may be cut short.
    /// </summary>
    EETRUNCATED = -50,
}

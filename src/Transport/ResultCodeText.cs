namespace Handoff.Transport;

/// <summary>The text of each result code (LPC's <c>socket_error</c>).</summary>
public static class ResultCodeText
{
    private static readonly Dictionary<ResultCode, string> Texts = new()
    {
        [ResultCode.EESUCCESS] = "Success",
        [ResultCode.EESOCKET] = "Problem creating socket",
        [ResultCode.EESETSOCKOPT] = "Problem with setsockopt",
        [ResultCode.EENONBLOCK] = "Problem setting non-blocking mode",
        [ResultCode.EENOSOCKS] = "No more available sockets",
        [ResultCode.EEFDRANGE] = "Descriptor out of range",
        [ResultCode.EEBADF] = "Socket is closed",
        [ResultCode.EESECURITY] = "Security violation attempted",
        [ResultCode.EEISBOUND] = "Socket is already bound",
        [ResultCode.EEADDRINUSE] = "Address already in use",
        [ResultCode.EEBIND] = "Problem with bind",
        [ResultCode.EEGETSOCKNAME] = "Problem with getsockname",
        [ResultCode.EEMODENOTSUPP] = "Socket mode not supported",
        [ResultCode.EENOADDR] = "Socket not bound to an address",
        [ResultCode.EEISCONN] = "Socket is already connected",
        [ResultCode.EELISTEN] = "Problem with listen",
        [ResultCode.EENOTLISTN] = "Socket not listening",
        [ResultCode.EEWOULDBLOCK] = "Operation would block",
        [ResultCode.EEINTR] = "Interrupted system call",
        [ResultCode.EEACCEPT] = "Problem with accept",
        [ResultCode.EEISLISTEN] = "Socket is listening",
        [ResultCode.EEBADADDR] = "Problem with address format",
        [ResultCode.EEALREADY] = "Operation already in progress",
        [ResultCode.EECONNREFUSED] = "Connection refused",
        [ResultCode.EECONNECT] = "Problem with connect",
        [ResultCode.EENOTCONN] = "Socket not connected",
        [ResultCode.EETYPENOTSUPP] = "Object type not supported",
        [ResultCode.EESENDTO] = "Problem with sendto",
        [ResultCode.EESEND] = "Problem with send",
        [ResultCode.EECALLBACK] = "Wait for callback",
        [ResultCode.EESOCKRLSD] = "Socket already released",
        [ResultCode.EESOCKNOTRLSD] = "Socket not released",
        [ResultCode.EEBADDATA] = "Data nested too deeply",
        [ResultCode.EEBUSY] = "Socket is busy",
        [ResultCode.EENAMEINUSE] = "Name already in use",
        [ResultCode.EENAMENOTFOUND] = "Name not found",
        [ResultCode.EENAMETOOLONG] = "Name is not 1 to 16 bytes long",
        [ResultCode.EEGIVETABLEFULL] = "Table of given sockets is full",
        [ResultCode.EETIMEDOUT] = "Operation timed out",
        [ResultCode.EERESET] = "Connection reset by peer",
        [ResultCode.EEABORTED] = "Connection aborted",
        [ResultCode.EEMSGSIZE] = "Message too large",
        [ResultCode.EENOTLOCAL] = "Target is not local",
        [ResultCode.EEUNREACH] = "Network or host unreachable",
        [ResultCode.EERECV] = "Problem with receive",
        [ResultCode.EEQUOTA] = "Quota reached",
        [ResultCode.EESPAWN] = "Problem starting a program",
        [ResultCode.EEINVAL] = "Invalid argument",
        [ResultCode.EENOTSOCK] = "Not a socket of this kind",
        [ResultCode.EETLS] = "Problem with TLS",
        [ResultCode.EETRUNCATED] = "Stream ended without the end of TLS",
    };

    /// <summary>The text of a code.</summary>
    /// <param name="code">A result code; <see cref="ResultCode.None"/> and unknown numbers have no text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not a result code.</exception>
    public static string Text(this ResultCode code) => Texts.TryGetValue(code, out var text)
        ? text
        : throw new ArgumentOutOfRangeException(nameof(code), code, "invalid error number");
}

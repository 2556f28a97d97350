using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// The answer to <see cref="StartTls"/> where there is no session: the handshake failed (<c>EETLS</c>), took too long
/// (<c>EETIMEDOUT</c>), the peer is gone (<c>EERESET</c>), or the connection was closed meanwhile (<c>EEBADF</c>,
/// <c>EEABORTED</c>). The connection closes for that cause, which <see cref="Closed"/> tells its owner, too.
/// </summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Result">Code and reason.</param>
public sealed record TlsFailed(StartTls Command, SocketResult Result);

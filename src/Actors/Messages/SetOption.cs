using Handoff.Transport.Engine;

namespace Handoff.Messages;

/// <summary>
/// Sets an option of the socket, whoever owns it next. Answered by <see cref="Confirmed"/>, or by
/// <see cref="Refused"/>: <c>EESECURITY</c> (not the owner; LPC lets anybody), <c>EEBADF</c>, <c>EESOCKRLSD</c> (on
/// offer, or on loan), <c>EEMODENOTSUPP</c> (this kind of socket has none), <c>EESETSOCKOPT</c> (the system refused,
/// and the reason has its name for why). Source: <c>sosetopt(9)</c>, LPC's <c>socket_set_option</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Option">The option and its value.</param>
public sealed record SetOption(SocketHandle Handle, SocketOption Option) : ISocketCommand;

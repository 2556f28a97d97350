using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Messages;

/// <summary>
/// Sets or removes the accept filter of a listener; answered by <see cref="Confirmed"/>, or by <see cref="Refused"/>:
/// <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c> (on offer, or on loan), <c>EEALREADY</c> (it has one: remove
/// that first), <c>EEMODENOTSUPP</c> (no listener). Connections that are in a filter stay in that one. Source:
/// <c>accept_filter(9)</c>.
/// </summary>
/// <param name="Handle">The owner's authority over the listener.</param>
/// <param name="Filter">The filter; null removes the one that there is.</param>
public sealed record SetAcceptFilter(SocketHandle Handle, IAcceptFilter? Filter) : ISocketCommand;

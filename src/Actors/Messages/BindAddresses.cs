using System.Net;
using Handoff.Transport.Sctp;

namespace Handoff.Messages;

/// <summary>
/// Adds local addresses to an SCTP socket or removes some, all of them or none. Answered by <see cref="Confirmed"/>,
/// or by <see cref="Refused"/>: <c>EEINVAL</c> (none would be left; the socket is one association of many, or peeled
/// off), <c>EEBADADDR</c> (another port than the socket's), <c>EEADDRINUSE</c>, <c>EEBIND</c>, <c>EEMODENOTSUPP</c>
/// (the back end cannot, or this is no SCTP), <c>EESECURITY</c>, <c>EESOCKRLSD</c>, <c>EEBADF</c>. Source:
/// <c>sctp_bindx</c> of RFC 6458, 9.1.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Addresses">The addresses; port 0 is the socket's.</param>
/// <param name="Binding">Whether they are added or removed.</param>
public sealed record BindAddresses(
    SocketHandle Handle, IReadOnlyList<IPEndPoint> Addresses, SctpBinding Binding = SctpBinding.Add) : ISocketCommand;

using System.Net;
using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: opens a datagram socket. Exactly one answer follows: <see
/// cref="Acquired"/> to the owner, or <see cref="Refused"/> to the sender: <c>EENOADDR</c> (neither an address nor a
/// peer), <c>EEMODENOTSUPP</c> (unknown transport, or one without datagrams), <c>EEBADADDR</c>, <c>EEADDRINUSE</c>,
/// <c>EEBIND</c>, <c>EECONNREFUSED</c>, <c>EENOSOCKS</c>, <c>EENOTLOCAL</c>, <c>EESECURITY</c> (policy). Source:
/// <c>socket_create(3)</c> and <c>socket_bind(3)</c> of LPC.
/// </summary>
/// <param name="EndPoint">Where to receive; port 0 takes any free one; null leaves it to the system.</param>
/// <param name="Owner">Who owns the socket.</param>
public sealed record Bind(EndPoint? EndPoint, IActorRef Owner)
{
    /// <summary>The transport's name; null, the default, takes the one for such an address.</summary>
    public string? Transport { get; init; }

    /// <summary>The one peer, to whom it sends and from whom alone it receives; null, the default, for
    /// anybody.</summary>
    public EndPoint? Peer { get; init; }

    /// <summary>
    /// Whether the address may be another's, too, who also says so, as those who hear one multicast group at one port
    /// do. Default false.
    /// </summary>
    public bool SharesAddress { get; init; }

    /// <summary>How the owner reads: by <c>Acquired.Messages</c>, or by <see cref="ReceivedFrom"/>.</summary>
    public Reading Reading { get; init; } = Reading.Lease;

    /// <summary>Who is asked if the owner stops; nobody unless it says so.</summary>
    public IActorRef? Heir { get; init; }

    /// <summary>
    /// On whose behalf, for <c>ISocketPolicy</c>: shown with every question about the socket, whoever owns it then.
    /// Null says nothing.
    /// </summary>
    public object? Credential { get; init; }

    /// <summary>
    /// Whether this process receives nothing of it, whoever owns it, so that all that comes waits in the
    /// system for the programs that it is lent to (<see cref="OpenProgram"/>). Default false.
    /// </summary>
    public bool ForPrograms { get; init; }
}

using System.Net;
using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: connects. Exactly one event follows: <see cref="Acquired"/> to the owner,
/// or
/// <see cref="Refused"/> to the sender: <c>EECONNREFUSED</c>, <c>EETIMEDOUT</c>, <c>EEUNREACH</c>, <c>EEBADADDR</c>,
/// <c>EECONNECT</c>, <c>EENOSOCKS</c>, <c>EEMODENOTSUPP</c> (unknown transport, or one that cannot choose its
/// address), <c>EENOTLOCAL</c>, <c>EESECURITY</c> (policy); with <see cref="Local"/> also <c>EEADDRINUSE</c>,
/// <c>EEBIND</c>.
/// </summary>
/// <param name="EndPoint">The peer's address.</param>
/// <param name="Owner">Who owns the connection.</param>
public sealed record Connect(EndPoint EndPoint, IActorRef Owner)
{
    /// <summary>
    /// The transport's name; null, the default, takes the one for such an address, and <c>unix-record</c> makes a
    /// connection of records (<see cref="SocketKind.Records"/>).
    /// </summary>
    public string? Transport { get; init; }

    /// <summary>The address to connect from; null leaves it to the system. Port 0 takes any free one.</summary>
    public EndPoint? Local { get; init; }

    /// <summary>How long connecting may take; null for <c>handoff.connect.timeout</c>.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>How the owner reads.</summary>
    public Reading Reading { get; init; } = Reading.Lease;

    /// <summary>Who is asked if the owner stops; nobody unless it says so.</summary>
    public IActorRef? Heir { get; init; }

    /// <summary>
    /// On whose behalf, for <c>ISocketPolicy</c>: shown with every question about the socket, whoever
    /// owns it then. Null says nothing.
    /// </summary>
    public object? Credential { get; init; }
}

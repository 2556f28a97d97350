using System.Net;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetAssociationAddresses"/>.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Local">Of this end.</param>
/// <param name="Peer">Of the peer; none of a one-to-many socket.</param>
public sealed record AssociationAddresses(
    GetAssociationAddresses Command, IReadOnlyList<IPEndPoint> Local, IReadOnlyList<IPEndPoint> Peer);

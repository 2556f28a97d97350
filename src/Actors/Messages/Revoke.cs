namespace Handoff.Messages;

/// <summary>
/// Takes an offer back. The release is then answered <see cref="ReleaseFailed"/> with the outcome <c>Revoked</c>; or,
/// if the offer is over already, this is <see cref="Refused"/> with <c>EESOCKNOTRLSD</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Release">Which one: the command that made the offer.</param>
public sealed record Revoke(SocketHandle Handle, Release Release) : ISocketCommand;

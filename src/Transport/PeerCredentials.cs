namespace Handoff.Transport;

/// <summary>
/// The process at the other end of a Unix socket, as the kernel saw it when that end connected or began to listen:
/// it cannot be forged. Source: <c>unix(7)</c>, SO_PEERCRED.
/// </summary>
/// <param name="ProcessId">
/// Its process, which may have ended since; 0 where it is in another process namespace.
/// </param>
/// <param name="UserId">The user that it ran as.</param>
/// <param name="GroupId">The group that it ran as.</param>
public sealed record PeerCredentials(int ProcessId, uint UserId, uint GroupId);

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Keeper</c>: which sockets was this process started with (<c>LISTEN_FDS</c> of
/// <c>sd_listen_fds(3)</c>) that no <see cref="AdoptInherited"/> took yet? Answered by <see cref="InheritedSockets"/>,
/// or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (not the Linux engine), <c>EEBADDATA</c> (the variables make no
/// sense), <c>EEBADF</c> (a descriptor that is no socket, or is not there). The variables are read by the first who
/// asks, in one process once, and are gone then; those for another process (<c>LISTEN_PID</c>) are none.
/// </summary>
public sealed record GetInherited
{
    /// <summary>The one there is.</summary>
    public static GetInherited Instance { get; } = new();
}

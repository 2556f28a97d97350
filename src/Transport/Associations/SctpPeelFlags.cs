namespace Handoff.Transport.Associations;

/// <summary>
/// The flags of <c>sctp_peeloff_flags</c>, by the numbers of Linux. Sockets here never wait in a call and are never
/// inherited by a program that is started, so that both are on whether they are asked for or not; every other bit is
/// refused with <see cref="ResultCode.EEINVAL"/>. Source: seed <c>sctp_peeloff(3)</c>.
/// </summary>
[Flags]
public enum SctpPeelFlags
{
    /// <summary>As <c>sctp_peeloff</c>.</summary>
    None = 0,

    /// <summary>SOCK_NONBLOCK.</summary>
    NonBlocking = 0x800,

    /// <summary>SOCK_CLOEXEC.</summary>
    CloseOnExec = 0x80000,
}

using Akka.Actor;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// A release to a name instead of a target: whoever gets the name (<see cref="Get"/>) inside the time-out owns the
/// socket, and the name is free again. The owner loses access at once. It is told <see cref="Given"/>, or
/// <see cref="Refused"/> as for <see cref="Release"/>, and also with <c>EENAMETOOLONG</c> (not 1 to 16 bytes),
/// <c>EEBADDATA</c> (not printable ASCII), <c>EENAMEINUSE</c>, <c>EEGIVETABLEFULL</c>, and those of
/// <see cref="Scope"/>; then the one outcome of any release, <see cref="Released"/> or <see cref="ReleaseFailed"/>.
/// If the owner stops first, the name is free, and the heir is asked or the socket closes. <see cref="Revoke"/> takes
/// it back. Source: NetIPC <c>IPCGIVE</c>.
/// </summary>
public sealed class Give : Release
{
    /// <summary>Offers the socket under a name.</summary>
    /// <param name="handle">The owner's authority.</param>
    /// <param name="name">
    /// 1 to 16 bytes of printable ASCII without blanks; upper and lower case are equal. Null draws 8 random
    /// characters, which <see cref="Given"/> tells: a secret that nobody can list.
    /// </param>
    public Give(SocketHandle handle, string? name = null)
        : base(handle) => Name = name;

    /// <summary>The name; null where one is drawn.</summary>
    public string? Name { get; }

    /// <summary>
    /// Who finds it; null for <c>handoff.give.scope</c>. With <see cref="NameScope.Host"/> the owner has the socket
    /// until <see cref="Given"/>, because the name's file is taken first, and <see cref="Refused"/> may also say
    /// <c>EEMODENOTSUPP</c> (not Linux, or the attachment cannot leave the process), <c>EEMSGSIZE</c> (nor one so
    /// large), <c>EESECURITY</c> or <c>EEBADADDR</c> (the directory of the processes), <c>EETIMEDOUT</c> (another
    /// process stands still there), <c>EEBUSY</c> (such a give of this socket is under way). <see cref="Released"/>
    /// names <c>HandoffExtension.Processes</c> where another process got it.
    /// </summary>
    public NameScope? Scope { get; init; }

    // Whoever waits outside actors for the name, and not for the outcome.
    internal object Naming { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => Name is null ? $"Give of {Handle}" : $"Give of {Handle} as '{Name}'";
}

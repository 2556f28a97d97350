namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Keeper</c>: connects to a keeper, which is the one of every <see cref="Keep"/> and
/// <see cref="AdoptKept"/> from then on; instead of <c>handoff.keeper.control</c>. Answered by <see
/// cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (not Linux, another engine, or
/// <c>NOTIFY_SOCKET</c> is not set), <c>EEBADADDR</c> (no path of a socket), <c>EEALREADY</c> (something is kept
/// elsewhere), <c>EEQUOTA</c> (<c>handoff.keeper.max-waiting</c>), or why it does not answer: <c>EECONNREFUSED</c>,
/// <c>EETIMEDOUT</c>, <c>EESECURITY</c> (another user's).
/// </summary>
/// <param name="Path">
/// Where it listens: what its <c>--control</c> says; null for the descriptor store of the service manager that started
/// this process (<c>FDSTORE=1</c> of <c>sd_notify(3)</c>).
/// </param>
public sealed record OpenKeeper(string? Path)
{
    /// <summary>The service manager's store, which <c>handoff.keeper.kind = systemd</c> names, too.</summary>
    public static OpenKeeper OfServiceManager { get; } = new(Path: null);
}

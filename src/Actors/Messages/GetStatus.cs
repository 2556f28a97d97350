namespace Handoff.Messages;

/// <summary>
/// Asks any socket for its <see cref="SocketStatus"/>. Anybody may ask: nothing changes, and there is no authority in
/// the answer. Source: LPC's <c>socket_status</c>.
/// </summary>
public sealed record GetStatus
{
    private GetStatus()
    {
    }

    /// <summary>The only one.</summary>
    public static GetStatus Instance { get; } = new();
}

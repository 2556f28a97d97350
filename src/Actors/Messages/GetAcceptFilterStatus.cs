namespace Handoff.Messages;

/// <summary>
/// Asks a listener for its <see cref="AcceptFilterStatus"/>. Anybody may ask; nothing changes. Other sockets do not
/// answer.
/// </summary>
public sealed record GetAcceptFilterStatus
{
    private GetAcceptFilterStatus()
    {
    }

    /// <summary>The only one.</summary>
    public static GetAcceptFilterStatus Instance { get; } = new();
}

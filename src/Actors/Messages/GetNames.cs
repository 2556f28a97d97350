namespace Handoff.Messages;

/// <summary>Asks <c>HandoffExtension.Sockets</c> what is given under a name now: <see cref="GivenSockets"/>.</summary>
public sealed record GetNames
{
    private GetNames()
    {
    }

    /// <summary>The only one.</summary>
    public static GetNames Instance { get; } = new();
}

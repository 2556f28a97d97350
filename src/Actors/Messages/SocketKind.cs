namespace Handoff.Messages;

/// <summary>Which kind of socket.</summary>
public enum SocketKind
{
    /// <summary>A connected stream.</summary>
    Connection,

    /// <summary>Accepts connections.</summary>
    Listener,
}

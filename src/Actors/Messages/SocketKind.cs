namespace Handoff.Messages;

/// <summary>Which kind of socket.</summary>
public enum SocketKind
{
    /// <summary>A connected stream.</summary>
    Connection,

    /// <summary>Accepts connections.</summary>
    Listener,

    /// <summary>Sends and receives messages, to and from anybody or one peer.</summary>
    Datagrams,

    /// <summary>A connection of records: messages that are whole and in order, and an end.</summary>
    Records,
}

namespace Handoff.Transport.Sockets;

/// <summary>What a transport can do; what it cannot is refused before anything is offered.</summary>
[Flags]
public enum TransportCapabilities
{
    /// <summary>Nothing beyond sending and receiving.</summary>
    None = 0,

    /// <summary>One direction may end while the other goes on.</summary>
    HalfClose = 1,

    /// <summary>A connection can be ended at once, and the peer is told that it was.</summary>
    Abort = 2,

    /// <summary>The descriptor can be passed to another process of the same host.</summary>
    PassDescriptors = 4,
}

namespace Handoff.Transport.Engine;

/// <summary>What is known of a received message beside its bytes and its sender.</summary>
[Flags]
public enum DatagramMarks
{
    /// <summary>A whole message.</summary>
    None = 0,

    /// <summary>It was longer than the buffer, and its rest is lost (MSG_TRUNC: <c>recvmsg(2)</c>).</summary>
    Truncated = 1,

    /// <summary>No message: the peer of a connection has ended.</summary>
    End = 2,
}

namespace Handoff.Transport.Sockets;

// Only ever rises.
internal enum ConnectionPhase
{
    Created,
    Open,

    // Closed by this side: what was accepted is being sent, what comes is discarded.
    Flushing,

    // The FIN is out; what comes is discarded until the peer's own, or a bound.
    Lingering,

    // The pumps leave at their next step.
    Stopping,
    Ended,
}

namespace Handoff.TestKit.Simulation.Sctp;

// RFC 9260, 3.3.
internal enum SctpSignalKind
{
    Shutdown,
    ShutdownAck,
    ShutdownComplete,
    Abort,
}

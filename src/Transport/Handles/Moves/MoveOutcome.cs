namespace Handoff.Transport.Handles.Moves;

// How a move ended. Each has exactly one outcome, told once to each side that lives.
internal enum MoveOutcome
{
    None,

    // The taker has it.
    Moved,

    // The taker did not want it, or could not have it.
    Declined,

    // Somebody did not answer inside a time-out.
    TimedOut,

    // The process at the other end is gone.
    PeerLost,

    // The giver took it back.
    Revoked,

    // The other side did not keep to the protocol.
    Malformed,

    // The giver's sockets could not be stopped.
    NotReady,
}

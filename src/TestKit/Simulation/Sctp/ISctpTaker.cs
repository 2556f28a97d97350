namespace Handoff.TestKit.Simulation.Sctp;

// A socket that takes associations which others begin. Called under the gate.
internal interface ISctpTaker
{
    bool Takes { get; }

    // The end here of an association with the caller's; null where there is no room.
    AssociationEnd? Take(AssociationEnd caller);

    // The end is up: it may be passed on.
    void TookUp(AssociationEnd end, ref Wakes wakes);
}

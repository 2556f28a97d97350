using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// Whoever has a place. Called under the gate.
internal interface ISctpBound : ISctpTaker
{
    void Bound(SctpPlace place, SctpSocketOptions options);
}

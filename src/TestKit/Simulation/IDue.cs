namespace Handoff.TestKit.Simulation;

internal interface IDue
{
    // Called under the gate, at or after the time that was asked for.
    void Come(ref Wakes wakes);
}

namespace Handoff.TestKit.Simulation;

internal enum FlightKind
{
    Bytes,
    Fin,
    Reset,
}

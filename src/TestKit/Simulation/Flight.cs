namespace Handoff.TestKit.Simulation;

// What is under way in one direction: bytes, or the end of them.
internal readonly record struct Flight(FlightKind Kind, int Bytes, TimeSpan Due);

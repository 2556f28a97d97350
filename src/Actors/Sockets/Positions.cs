namespace Handoff.Sockets;

// How far an owner has come, and whether anything was there for it to read. A listener is never read from.
internal readonly record struct Positions(long Consumed, long Written, bool HasInput);

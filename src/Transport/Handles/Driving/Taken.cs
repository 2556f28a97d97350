namespace Handoff.Transport.Handles.Driving;

// What became of an offer; the sockets are there if it moved, and none of them otherwise.
internal sealed record Taken(MoveResult Result, IReadOnlyList<TakenSocket> Sockets);

namespace Handoff.Transport.Handles.Driving;

// In the order of the facts; null where the sockets still run, and why.
internal readonly record struct Quiesced(IReadOnlyList<QuiescedSocket>? Sockets, SocketResult Result);

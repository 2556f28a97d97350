using Handoff.Transport.Handles.Driving;

namespace Handoff.Sockets;

// A socket that has stopped for another process. One of the two is called, once, on any thread: nobody took it, or it
// was taken.
internal sealed record Cargo(QuiescedSocket Socket, Action GoOn, Action Leave)
{
    // Has to hear of the token of the move before anybody else does; null where nobody keeps the socket.
    public Keeping? Keeper { get; init; }
}

namespace Handoff.Transport.Sockets;

// What the peer did to the input.
internal abstract record InputState
{
    public sealed record Flowing : InputState;

    public sealed record Finished : InputState;

    public sealed record Failed(SocketResult Why) : InputState;
}

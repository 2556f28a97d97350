namespace Handoff.Transport.Sockets;

// What the peer did to the input.
internal abstract record InputState
{
    public sealed record Flowing : InputState
    {
        private Flowing()
        {
        }

        public static Flowing Instance { get; } = new();
    }

    public sealed record Finished : InputState;

    public sealed record Failed(SocketResult Why) : InputState;
}

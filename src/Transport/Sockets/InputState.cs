namespace Handoff.Transport.Sockets;

// What became of the input.
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

    // This side takes no more: what comes is dropped, until the peer's FIN.
    public sealed record Shut : InputState;

    public sealed record Failed(SocketResult Why) : InputState;
}

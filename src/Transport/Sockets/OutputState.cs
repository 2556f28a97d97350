namespace Handoff.Transport.Sockets;

// How far the output is.
internal abstract record OutputState
{
    public sealed record Flowing : OutputState
    {
        private Flowing()
        {
        }

        public static Flowing Instance { get; } = new();
    }

    // Nothing more is accepted; what was is sent, then the FIN.
    public sealed record Completing : OutputState;

    public sealed record Shut : OutputState;

    public sealed record Failed(SocketResult Why) : OutputState;
}

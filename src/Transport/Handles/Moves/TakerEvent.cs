namespace Handoff.Transport.Handles.Moves;

internal abstract record TakerEvent
{
    // Of the giver.
    public sealed record TransferCame : TakerEvent;

    // A message of the transfer is not as it must be, and what came with it is closed already; or all came, and the
    // recipient cannot use it.
    public sealed record TransferBroken(SocketResult Why) : TakerEvent;

    public sealed record Withdrawn(SocketResult Why) : TakerEvent;

    public sealed record PeerLost(SocketResult Why) : TakerEvent;

    // Of the taker's own.
    public sealed record Agreed : TakerEvent;

    public sealed record Denied(SocketResult Why) : TakerEvent;

    public sealed record Deadline : TakerEvent;

    public sealed record TokenTaken : TakerEvent;

    public sealed record TokenGone : TakerEvent;

    // It is no token.
    public sealed record TokenBroken(SocketResult Why) : TakerEvent;
}

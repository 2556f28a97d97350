namespace Handoff.Transport.Handles.Moves;

internal abstract record GiverEvent
{
    // Of the taker.
    public sealed record Accepted : GiverEvent;

    public sealed record Declined(SocketResult Why) : GiverEvent;

    public sealed record Adopted : GiverEvent;

    public sealed record Refused(SocketResult Why) : GiverEvent;

    // What it said makes no sense.
    public sealed record Confused(SocketResult Why) : GiverEvent;

    public sealed record PeerLost(SocketResult Why) : GiverEvent;

    // Of the giver's own.
    public sealed record Deadline : GiverEvent;

    public sealed record Revoked : GiverEvent;

    public sealed record Quiesced : GiverEvent;

    public sealed record NotQuiesced(SocketResult Why) : GiverEvent;

    // The transfer could not be sent, or not all of it.
    public sealed record NotSent(SocketResult Why) : GiverEvent;

    public sealed record TokenTaken : GiverEvent;

    public sealed record TokenGone : GiverEvent;
}

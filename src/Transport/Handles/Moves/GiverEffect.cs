namespace Handoff.Transport.Handles.Moves;

// What the giver has to do, in this order. Quiesce and TakeToken end with an event, and so may SendTransfer.
internal abstract record GiverEffect
{
    public sealed record SendOffer : GiverEffect;

    public sealed record StartTimer(MoveTimer Which) : GiverEffect;

    // The sockets stop, inside a bound; what they have of the streams becomes the frame.
    public sealed record Quiesce : GiverEffect;

    // With copies: the giver keeps its own until Close.
    public sealed record SendTransfer : GiverEffect;

    public sealed record TakeToken : GiverEffect;

    // The sockets go on where they stopped.
    public sealed record Resume : GiverEffect;

    // The giver's copies, without a word to anybody's peer.
    public sealed record Close : GiverEffect;

    // As far as it can be sent at once: a taker that does not hear it asks the token.
    public sealed record SendWithdraw(SocketResult Why) : GiverEffect;

    public sealed record TellReleased : GiverEffect;

    public sealed record TellKept(MoveFailure Why) : GiverEffect;
}

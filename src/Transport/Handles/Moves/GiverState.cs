namespace Handoff.Transport.Handles.Moves;

internal abstract record GiverState
{
    // The taker was asked. The giver's sockets still run.
    public sealed record Offering : GiverState;

    // The taker accepted; the sockets are being stopped. Nothing else is looked at meanwhile.
    public sealed record Quiescing : GiverState;

    // All is on its way, and who has the token has the sockets.
    public sealed record Transferred : GiverState;

    // The token is asked. Why is what the giver keeps them for, if it gets it.
    public sealed record Settling(MoveFailure Why) : GiverState;

    // Over: the giver has them, as if nothing had been.
    public sealed record Kept(MoveFailure Why) : GiverState;

    // Over: the taker has them, or had them when it died.
    public sealed record Released : GiverState;

    public bool IsOver => this is Kept or Released;
}

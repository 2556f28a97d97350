namespace Handoff.Transport.Handles.Moves;

internal abstract record TakerState
{
    // Whoever is to have the sockets was asked.
    public sealed record Asked : TakerState;

    // It agreed, and the giver was told.
    public sealed record Waiting : TakerState;

    // All is here, and the token is asked. Until then nothing is done to the sockets.
    public sealed record Holding : TakerState;

    // Over: the taker has them.
    public sealed record Owning : TakerState;

    // Over: it has not, and what comes yet is closed.
    public sealed record Dropped(MoveFailure Why) : TakerState;

    public bool IsOver => this is Owning or Dropped;
}

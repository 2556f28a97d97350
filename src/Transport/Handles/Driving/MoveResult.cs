using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Handles.Driving;

// How a move ended, for one side; Why is success only where it moved.
internal sealed record MoveResult(MoveOutcome Outcome, SocketResult Why)
{
    public static MoveResult Moved { get; } = new(MoveOutcome.Moved, SocketResult.Success);

    public static MoveResult Of(MoveFailure failure) => new(failure.Outcome, failure.Why);
}

namespace Handoff.Transport.Handles.Moves;

internal sealed record MoveFailure(MoveOutcome Outcome, SocketResult Why)
{
    public static MoveFailure TimedOut(string who) =>
        new(MoveOutcome.TimedOut, new(ResultCode.EETIMEDOUT, $"{who} did not answer in time"));

    public static MoveFailure Malformed(string what) =>
        new(MoveOutcome.Malformed, new(ResultCode.EEBADDATA, what));
}

namespace Handoff.Transport.Handles.Moves;

// Which bound runs: one at a time.
internal enum MoveTimer
{
    Answer,
    Transfer,
}

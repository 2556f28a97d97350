namespace Handoff.Transport.Engine.Linux;

/// <summary>A loop that stood still in the hands of an owner that was resumed on it.</summary>
/// <param name="Loop">The number of the loop, from 0.</param>
/// <param name="Socket">The socket whose owner it was: its addresses.</param>
/// <param name="Lasted">How long it has stood still, at least.</param>
/// <param name="IsOver">Whether the loop goes on.</param>
public sealed record LoopStall(int Loop, string Socket, TimeSpan Lasted, bool IsOver);

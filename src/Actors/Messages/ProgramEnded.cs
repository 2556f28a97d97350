namespace Handoff.Messages;

/// <summary>
/// To the observer of an <see cref="OpenProgram"/>: a child has ended and is reaped, and nobody of its process group
/// is left. Without code and signal somebody in this process who waits for any child has taken them.
/// </summary>
/// <param name="Socket">What it was started with.</param>
/// <param name="ProcessId">What the number of its process was.</param>
/// <param name="ExitCode">What it returned, where it ended by itself.</param>
/// <param name="Signal">The number of the signal that ended it (<c>signal(7)</c>), where one did.</param>
/// <param name="Stop">Whether this process ended it, and why.</param>
/// <param name="Ran">For how long it ran.</param>
public sealed record ProgramEnded(
    SocketFacts Socket, int ProcessId, int? ExitCode, int? Signal, ProgramStop Stop, TimeSpan Ran);

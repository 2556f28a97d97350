namespace Handoff.Messages;

/// <summary>
/// To the observer of an <see cref="OpenProgram"/>: a child runs and has the socket. <see cref="ProgramEnded"/>
/// follows.
/// </summary>
/// <param name="Socket">What it was offered as.</param>
/// <param name="ProcessId">The number of its process.</param>
public sealed record ProgramStarted(SocketFacts Socket, int ProcessId);

using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// To the observer of an <see cref="OpenProgram"/>: no child was started with this socket, which stays whose it was,
/// and is closed where it was nobody's.
/// </summary>
/// <param name="Socket">What it was offered as.</param>
/// <param name="Result">Code and reason, as the offer was declined with.</param>
public sealed record ProgramFailed(SocketFacts Socket, SocketResult Result);

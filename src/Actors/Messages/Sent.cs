namespace Handoff.Messages;

/// <summary>The message of a <see cref="SendTo"/> was accepted: the system has it, or it goes out before every later
/// one, whoever owns the socket then.</summary>
/// <param name="Command">The command.</param>
/// <param name="Position">Messages that were accepted since the socket was opened, of all owners.</param>
public sealed record Sent(SendTo Command, long Position);

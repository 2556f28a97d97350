namespace Handoff.Messages;

/// <summary>
/// Half close of an owner that reads by messages: sends what was accepted, then FIN; receiving goes on. Answered by
/// <see cref="Confirmed"/>. An owner by lease completes <c>Lease.Output</c> instead, or calls
/// <c>Messages.FinishSending</c> of a connection of records. Source: <c>soshutdown(9)</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record FinishSending(SocketHandle Handle) : ISocketCommand;

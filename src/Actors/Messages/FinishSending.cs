namespace Handoff.Messages;

/// <summary>
/// Half close of an owner that reads by messages: sends what was accepted, then FIN; receiving goes on. Answered by
/// <see cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c> (on
/// offer, or on loan), <c>EEMODENOTSUPP</c> (an owner by lease, which completes <c>Lease.Output</c> instead, or calls
/// <c>Messages.FinishSending</c> of a connection of records; no connection). Source: <c>soshutdown(9)</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record FinishSending(SocketHandle Handle) : ISocketCommand;

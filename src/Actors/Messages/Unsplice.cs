namespace Handoff.Messages;

/// <summary>
/// Dissolves a splice: after <see cref="SpliceEnded"/> both connections are the owner's as before it, and what was not
/// moved is the owner's to read. Answered by <see cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EENOTCONN</c>
/// (not spliced), <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c>.
/// </summary>
/// <param name="Handle">The owner's authority over either of the two.</param>
public sealed record Unsplice(SocketHandle Handle) : ISocketCommand;

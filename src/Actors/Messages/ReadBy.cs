namespace Handoff.Messages;

/// <summary>
/// Changes how the owner reads, and gives credit. From messages to messages the new credit replaces the old one, and
/// <see cref="Received"/> is the only answer. To a lease, the answer is <see cref="Leased"/>. From a lease, it is
/// <see cref="Confirmed"/> and the old lease ends; with a read result open or bytes not flushed, <see cref="Refused"/>
/// with <c>EEBUSY</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Reading">How to read from now on.</param>
public sealed record ReadBy(SocketHandle Handle, Reading Reading) : ISocketCommand;

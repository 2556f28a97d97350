namespace Handoff.Messages;

/// <summary>
/// Changes how the owner reads, and gives credit. From messages to messages the new credit replaces the old one; to a
/// lease, the answer is <see cref="Leased"/>; from a lease, the old lease ends, and with a read result open or bytes
/// not flushed this is refused with <c>EEBUSY</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Reading">How to read from now on.</param>
public sealed record ReadBy(SocketHandle Handle, Reading Reading) : ISocketCommand;

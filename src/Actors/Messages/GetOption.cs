using Handoff.Transport.Engine;

namespace Handoff.Messages;

/// <summary>
/// Reads an option of the socket. Answered by <see cref="OptionValue"/>, or by <see cref="Refused"/> as
/// <see cref="SetOption"/>. Source: <c>sogetopt(9)</c>, LPC's <c>socket_get_option</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Kind">Which option.</param>
public sealed record GetOption(SocketHandle Handle, SocketOptionKind Kind) : ISocketCommand;

using Handoff.Transport.Engine;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetOption"/>.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Option">The option and its value now.</param>
public sealed record OptionValue(GetOption Command, SocketOption Option);

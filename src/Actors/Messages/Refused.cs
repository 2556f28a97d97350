using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>A command was not carried out and had no effect. Told to whoever sent it.</summary>
/// <param name="Command">
/// The command, as it was sent. What nobody sent is refused by a dead letter, and that has its name only: a handle is
/// authority, and whoever likes reads dead letters.
/// </param>
/// <param name="Result">Code and reason.</param>
public sealed record Refused(object Command, SocketResult Result);

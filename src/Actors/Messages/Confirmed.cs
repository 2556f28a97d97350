namespace Handoff.Messages;

/// <summary>A command that has no other answer was carried out.</summary>
/// <param name="Command">The command, as it was sent; its name, in a dead letter (<see cref="Refused"/>).</param>
public sealed record Confirmed(object Command);

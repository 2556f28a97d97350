namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetRawOption"/>.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Value">The bytes as the system wrote them.</param>
public sealed record RawOptionValue(GetRawOption Command, ReadOnlyMemory<byte> Value);

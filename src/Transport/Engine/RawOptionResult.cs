namespace Handoff.Transport.Engine;

/// <summary>What asking for an option by level and name ended with.</summary>
/// <param name="Value">The bytes as the system wrote them; empty unless the result is success.</param>
/// <param name="Result">Code and reason.</param>
public sealed record RawOptionResult(ReadOnlyMemory<byte> Value, SocketResult Result);

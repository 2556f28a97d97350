namespace Handoff.Transport.Engine;

/// <summary>What asking for an option ended with.</summary>
/// <param name="Option">The option and its value; null unless the result is success.</param>
/// <param name="Result">Code and reason.</param>
public sealed record OptionResult(SocketOption? Option, SocketResult Result);

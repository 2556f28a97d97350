namespace Handoff.Messages;

/// <summary>The first answer to <see cref="Give"/>: the socket is on offer under this name.</summary>
/// <param name="Give">The command.</param>
/// <param name="Name">The name, as it was said or drawn.</param>
public sealed record Given(Give Give, string Name);

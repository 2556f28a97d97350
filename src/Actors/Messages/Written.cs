namespace Handoff.Messages;

/// <summary>The bytes of a <see cref="Write"/> were accepted: they go out first, whoever owns the socket
/// then.</summary>
/// <param name="Write">The command.</param>
/// <param name="Position">Bytes that were accepted since the connection began, of all owners.</param>
public sealed record Written(Write Write, long Position);

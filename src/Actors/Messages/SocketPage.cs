namespace Handoff.Messages;

/// <summary>
/// The answer to <see cref="GetSockets"/>. Each status is of one moment, but not all are of the same one. A socket
/// that lives from the first page to the last is on exactly one of them; one that stopped meanwhile may be on none.
/// </summary>
/// <param name="Query">The question.</param>
/// <param name="Sockets">In the order of their numbers; also those that nobody owns yet or any more.</param>
/// <param name="Next">What <see cref="GetSockets.After"/> says for the next page; null where this is the last.</param>
public sealed record SocketPage(GetSockets Query, IReadOnlyList<SocketStatus> Sockets, long? Next)
{
    /// <summary>The numbers of sockets that did not answer within <c>handoff.status.timeout</c>.</summary>
    public IReadOnlyList<long> Silent { get; init; } = [];
}

namespace Handoff.Transport.Sockets;

/// <summary>What an accept ended with.</summary>
/// <param name="Connection">
/// A connection that is not started yet, owned by the caller; null unless the result is success.
/// </param>
/// <param name="Result">Code and reason.</param>
public sealed record AcceptResult(SocketConnection? Connection, SocketResult Result)
{
    internal AcceptResult(SocketConnection made)
        : this(made, SocketResult.Success)
    {
    }
}

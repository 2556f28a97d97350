namespace Handoff.Transport.Sockets;

/// <summary>What a connect ended with.</summary>
/// <param name="Connection">
/// A connection that is not started yet, owned by the caller; null unless the result is success.
/// </param>
/// <param name="Result">Code and reason.</param>
public sealed record ConnectResult(SocketConnection? Connection, SocketResult Result)
{
    internal ConnectResult(SocketConnection made)
        : this(made, SocketResult.Success)
    {
    }
}

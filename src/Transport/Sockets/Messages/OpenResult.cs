namespace Handoff.Transport.Sockets.Messages;

/// <summary>What opening a socket ended with.</summary>
/// <param name="Socket">A socket that is not started yet, owned by the caller; null unless the result is
/// success.</param>
/// <param name="Result">Code and reason.</param>
public sealed record OpenResult(MessageSocket? Socket, SocketResult Result)
{
    internal OpenResult(MessageSocket made)
        : this(made, SocketResult.Success)
    {
    }
}

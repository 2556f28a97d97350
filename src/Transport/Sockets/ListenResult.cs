namespace Handoff.Transport.Sockets;

/// <summary>What a listen ended with.</summary>
/// <param name="Listener">A listener, owned by the caller; null unless the result is success.</param>
/// <param name="Result">Code and reason.</param>
public sealed record ListenResult(SocketListener? Listener, SocketResult Result)
{
    internal ListenResult(SocketListener made)
        : this(made, SocketResult.Success)
    {
    }
}

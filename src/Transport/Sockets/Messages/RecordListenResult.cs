namespace Handoff.Transport.Sockets.Messages;

/// <summary>What listening for connections of records ended with.</summary>
/// <param name="Listener">A listener, owned by the caller; null unless the result is success.</param>
/// <param name="Result">Code and reason.</param>
public sealed record RecordListenResult(RecordListener? Listener, SocketResult Result);

using System.Net.WebSockets;
using Handoff.Transport.Sockets;

namespace Handoff.AspNetCore;

/// <summary>A connection whose endpoint has accepted a WebSocket, for its next owner.</summary>
public static class WebSocketLeaseExtensions
{
    /// <summary>
    /// The server's side of a WebSocket whose handshake is done, over the pipes of a lease: an endpoint answered it by
    /// <c>WebSockets.AcceptWebSocketAsync</c> and released the connection. Its frames are read from the first
    /// unconsumed byte on. Disposing it closes the connection; once the lease ends its calls fail.
    /// </summary>
    /// <param name="lease">The lease, whose pipes are the WebSocket's from here on.</param>
    /// <param name="options">The agreed sub-protocol, compression, and keep-alive; none by default. It is the server's
    /// side whatever they say.</param>
    public static WebSocket OpenWebSocket(this SocketLease lease, WebSocketCreationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lease);
        options ??= new WebSocketCreationOptions();
        options.IsServer = true;
        return WebSocket.CreateFromStream(new LeaseStream(lease), options);
    }
}

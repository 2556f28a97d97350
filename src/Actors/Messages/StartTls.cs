using System.Net.Security;

namespace Handoff.Messages;

/// <summary>
/// Begins TLS on a connection, as its server or its client, also in mid-stream (STARTTLS). What was accepted goes out
/// first, without TLS; what was received and not consumed is the handshake's, and so never read as if it had come by
/// TLS. The old lease ends; from here on <see cref="Received"/> is ignored until the answer, and no command but
/// <see cref="Close"/>, <see cref="Abort"/>, <see cref="SetHeir"/>, <see cref="Reattach"/> and those about options is
/// carried out (<c>EEBUSY</c>). The handshake has <c>handoff.tls.handshake-timeout</c>. Answered by
/// <see cref="TlsStarted"/>; by <see cref="TlsFailed"/>, and the connection closes for that cause; or, without an
/// effect, by <see cref="Refused"/>: <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c> (on offer, or on loan),
/// <c>EEBUSY</c> (a read result is open, bytes are not flushed, a <see cref="Write"/> waits for room, or spliced),
/// <c>EEALREADY</c> (it has TLS, or is about to), <c>EENOTCONN</c> (one side has ended), <c>EEINVAL</c> (a server
/// without a certificate), <c>EEMODENOTSUPP</c> (no stream connection, or durable reads). Whoever keeps it keeps it no
/// longer: the owner is told <see cref="KeepingLost"/>. See <c>docs/tls.md</c>. Source: RFC 8446, RFC 3207, LPC's TLS
/// options.
/// </summary>
public sealed class StartTls : ISocketCommand
{
    /// <summary>As the server.</summary>
    /// <param name="handle">The owner's authority.</param>
    /// <param name="server">
    /// The certificate or who chooses it by name, protocols for ALPN, whether and how clients are known. Without a
    /// version, TLS 1.2 and 1.3; never with renegotiation. Its callbacks run on the thread pool.
    /// </param>
    public StartTls(SocketHandle handle, SslServerAuthenticationOptions server)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(server);
        Handle = handle;
        Server = server;
    }

    /// <summary>As the client.</summary>
    /// <param name="handle">The owner's authority.</param>
    /// <param name="client">
    /// The host, which is asked for (SNI) and which the certificate must be for; protocols for ALPN; certificates of
    /// this side. Otherwise as for a server.
    /// </param>
    public StartTls(SocketHandle handle, SslClientAuthenticationOptions client)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(client);
        Handle = handle;
        Client = client;
    }

    /// <summary>The owner's authority.</summary>
    public SocketHandle Handle { get; }

    /// <summary>The options of a server; null for a client.</summary>
    public SslServerAuthenticationOptions? Server { get; }

    /// <summary>The options of a client; null for a server.</summary>
    public SslClientAuthenticationOptions? Client { get; }

    /// <inheritdoc/>
    public override string ToString() => $"StartTls of {Handle} as {(Server is null ? "client" : "server")}";
}

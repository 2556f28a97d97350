using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Handoff.Transport.Tls;

/// <summary>What TLS is to a connection whose owner has started it.</summary>
public abstract record TlsState
{
    private TlsState()
    {
    }

    /// <summary>
    /// The handshake is under way: nothing was said yet that could be read, and what is written waits.
    /// </summary>
    public sealed record Handshaking : TlsState
    {
        private Handshaking()
        {
        }

        /// <summary>The only one.</summary>
        public static Handshaking Instance { get; } = new();
    }

    /// <summary>The handshake is done. The session is the connection's, whoever owns it.</summary>
    /// <param name="IsServer">Whether this side is the server.</param>
    /// <param name="Protocol">The version.</param>
    /// <param name="CipherSuite">The cipher suite, as IANA names it.</param>
    public sealed record Secure(bool IsServer, SslProtocols Protocol, TlsCipherSuite CipherSuite) : TlsState
    {
        /// <summary>What both have agreed on by ALPN (RFC 7301), such as <c>h2</c>; null where nothing was.</summary>
        public string? ApplicationProtocol { get; init; }

        /// <summary>
        /// The host that the client has named (SNI, RFC 6066 section 3): of a client, its target; null where none was.
        /// </summary>
        public string? HostName { get; init; }

        /// <summary>
        /// What the peer has shown, and was accepted; null where it was not asked for any or had none. It is shared by
        /// whoever is told of the connection: do not dispose of it.
        /// </summary>
        public X509Certificate2? PeerCertificate { get; init; }
    }
}

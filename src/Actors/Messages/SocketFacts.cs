using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Tls;

namespace Handoff.Messages;

/// <summary>What a target is told about a socket before it answers. A snapshot: data goes on arriving.</summary>
/// <param name="Id">The number of the socket in this actor system.</param>
/// <param name="Kind">Which kind of socket.</param>
/// <param name="Transport">The name of its transport, such as <c>tcp</c>.</param>
/// <param name="Local">The local address, if it has one.</param>
/// <param name="Remote">The peer's address, if it has one.</param>
/// <param name="Unread">Bytes that were received and not consumed; they are the next owner's.</param>
/// <param name="Unsent">Bytes that were accepted and not handed to the operating system; they go out first.</param>
public sealed record SocketFacts(
    long Id, SocketKind Kind, string Transport, EndPoint? Local, EndPoint? Remote, long Unread, long Unsent)
{
    /// <summary>The process at the other end, of a Unix socket on a system that tells; else null.</summary>
    public PeerCredentials? PeerCredentials { get; init; }

    /// <summary>Messages among the unread, the empty ones and failures too; 0 where bytes are the unit.</summary>
    public long UnreadMessages { get; init; }

    /// <summary>The association, of an SCTP socket that has one; else null.</summary>
    public SctpAssociationId? Association { get; init; }

    /// <summary>
    /// The session that its bytes go through, of a connection whose owner has sent <see cref="StartTls"/>; else null.
    /// Positions, unread and unsent bytes are then those without TLS.
    /// </summary>
    public TlsState? Tls { get; init; }

    // It has no descriptor that another process could be given, though others of its transport may have one.
    internal bool Stays { get; init; }
}

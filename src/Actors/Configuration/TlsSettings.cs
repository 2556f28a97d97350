using Akka.Configuration;

namespace Handoff.Configuration;

/// <summary>The bounds of TLS; read once at start.</summary>
public sealed class TlsSettings
{
    internal TlsSettings(Config all) => HandshakeTimeout = HandoffSettings.Time(all, "handoff.tls.handshake-timeout");

    /// <summary><c>handoff.tls.handshake-timeout</c>.</summary>
    public TimeSpan HandshakeTimeout { get; }
}

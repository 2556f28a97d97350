using Akka.Actor;

namespace Handoff.AspNetCore.Ports;

/// <summary>Who takes which of the connections that come to one port.</summary>
/// <param name="Others">Who takes what nobody else takes.</param>
public sealed record OnePortTargets(IActorRef Others)
{
    /// <summary>Requests of HTTP/1: what begins with a method of RFC 9110 or <c>PATCH</c>, and a space.</summary>
    public IActorRef? Http1 { get; init; }

    /// <summary>HTTP/2 without TLS, by a client that knows it: what begins with <c>PRI * HTTP/2.0</c> (RFC 9113
    /// section 3.4).</summary>
    public IActorRef? Http2 { get; init; }

    /// <summary>TLS, whatever is spoken in it: what begins with a record of the handshake (RFC 8446
    /// section 5.1).</summary>
    public IActorRef? Tls { get; init; }
}

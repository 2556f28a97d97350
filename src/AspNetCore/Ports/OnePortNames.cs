namespace Handoff.AspNetCore.Ports;

/// <summary>Which endpoints of Kestrel (<c>ListenHandoff</c>) take what of one port; what has none is the
/// others'.</summary>
public sealed class OnePortNames
{
    /// <summary>As <see cref="OnePortTargets.Http1"/>; by default <c>web</c>.</summary>
    public string? Http1 { get; set; } = "web";

    /// <summary>As <see cref="OnePortTargets.Http2"/>; none by default. An endpoint with
    /// <c>HttpProtocols.Http2</c>.</summary>
    public string? Http2 { get; set; }

    /// <summary>As <see cref="OnePortTargets.Tls"/>; none by default. An endpoint with <c>UseHttps</c>.</summary>
    public string? Tls { get; set; }
}

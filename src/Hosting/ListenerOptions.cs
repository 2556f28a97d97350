using System.Net;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Hosting;

/// <summary>A declared listener: what <see cref="Listen"/> says, without the actors.</summary>
public sealed class ListenerOptions
{
    /// <summary>Where to listen; port 0 takes any free one. In configuration <c>127.0.0.1:7000</c>, <c>[::1]:7000</c>,
    /// <c>unix:/run/app.sock</c> or, for an abstract name, <c>unix:@app</c>. There is no default.</summary>
    public EndPoint? EndPoint { get; set; }

    /// <summary>As <see cref="Listen.Transport"/>: null, the default, takes the one for such an address.</summary>
    public string? Transport { get; set; }

    /// <summary>As <see cref="Listen.Mode"/>.</summary>
    public OfferMode Mode { get; set; } = OfferMode.InOrder;

    /// <summary>As <see cref="Listen.Credential"/>; not in configuration.</summary>
    public object? Credential { get; set; }

    /// <summary>As <see cref="Listen.AcceptFilter"/>; not in configuration.</summary>
    public IAcceptFilter? AcceptFilter { get; set; }

    internal ListenerOptions Copy() => (ListenerOptions)MemberwiseClone();
}

using System.Net;
using Akka.Actor;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.AspNetCore;

/// <summary>Handoff's connections in Kestrel.</summary>
public static class HandoffKestrelExtensions
{
    /// <summary>
    /// Lets Kestrel serve each <see cref="HandoffEndPoint"/>, with the <see cref="ActorSystem"/> that the services
    /// have (<c>AddAkka</c>). What serves other addresses goes on to do so.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static IWebHostBuilder UseHandoff(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            // Kestrel adds its own only where there is none, and may be added after this.
            if (!services.Any(service => service.ServiceType == typeof(IConnectionListenerFactory)))
                services.AddSingleton<IConnectionListenerFactory, SocketTransportFactory>();
            services.AddSingleton<IConnectionListenerFactory, HandoffConnectionListenerFactory>();
        });
    }

    /// <summary>An endpoint whose connections are released to <see cref="HandoffKestrel.Target"/>, and where nothing
    /// listens.</summary>
    /// <param name="kestrel">Kestrel's options.</param>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Protocols, HTTPS and other middleware. HTTP/2 without TLS needs an endpoint of its own
    /// with <c>HttpProtocols.Http2</c>, as everywhere in Kestrel.</param>
    /// <exception cref="ArgumentException">No actor can be named so.</exception>
    public static void ListenHandoff(
        this KestrelServerOptions kestrel, string name, Action<ListenOptions>? configure = null) =>
        kestrel.ListenHandoff(name, address: null, configure);

    /// <summary>As above, and Handoff listens at an address: an endpoint may take out what comes there, too.</summary>
    /// <param name="kestrel">Kestrel's options.</param>
    /// <param name="name">Its name.</param>
    /// <param name="address">Where to listen, as <see cref="HandoffEndPoint.Address"/>.</param>
    /// <param name="configure">Protocols, HTTPS and other middleware.</param>
    /// <exception cref="ArgumentException">No actor can be named so.</exception>
    public static void ListenHandoff(
        this KestrelServerOptions kestrel,
        string name,
        EndPoint? address,
        Action<ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        kestrel.Listen(new HandoffEndPoint(name, address), configure ?? (static _ => { }));
    }
}

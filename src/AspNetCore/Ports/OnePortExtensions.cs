using System.Net;
using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Handoff.Hosting;

namespace Handoff.AspNetCore.Ports;

/// <summary>One port of a host, for ASP.NET Core and actors.</summary>
public static class OnePortExtensions
{
    /// <summary>
    /// A listener whose connections go to Kestrel or to an actor by their first bytes (<see cref="OnePort"/>). The
    /// others' actor is the one that is registered under <typeparamref name="TOthers"/>, or where none is, a new one
    /// whose constructor takes what the services have.
    /// </summary>
    /// <typeparam name="TOthers">The type and key of who takes what is no HTTP; one port has it.</typeparam>
    /// <param name="handoff">The builder.</param>
    /// <param name="name">The listener's name.</param>
    /// <param name="endPoint">Where to listen; null for what the options say.</param>
    /// <param name="names">Changes which endpoints of Kestrel take what; without it <c>web</c> takes HTTP/1.</param>
    /// <param name="more">Changes the options of the listener.</param>
    /// <exception cref="Akka.Configuration.ConfigurationException">As for <c>Listen</c>.</exception>
    public static HandoffBuilder ListenOnePort<TOthers>(
        this HandoffBuilder handoff,
        string name,
        EndPoint? endPoint = null,
        Action<OnePortNames>? names = null,
        Action<ListenerOptions>? more = null)
        where TOthers : ActorBase
    {
        ArgumentNullException.ThrowIfNull(handoff);
        var said = new OnePortNames();
        names?.Invoke(said);
        return handoff.Listen<OnePortKey<TOthers>>(
            name,
            endPoint,
            (system, registry, resolver) =>
            {
                var (http1, http2, tls) =
                    (TargetOf(system, said.Http1), TargetOf(system, said.Http2), TargetOf(system, said.Tls));
                return OnePort.Props(context => new OnePortTargets(OthersOf<TOthers>(context, registry, resolver))
                {
                    Http1 = http1, Http2 = http2, Tls = tls,
                });
            },
            options =>
            {
                options.AcceptFilter = OnePort.Filter;
                more?.Invoke(options);
            });
    }

    private static IActorRef? TargetOf(ActorSystem system, string? name) =>
        name is null ? null : HandoffKestrel.For(system).Target(name);

    private static IActorRef OthersOf<TOthers>(
        IActorContext context, IActorRegistry registry, IDependencyResolver resolver)
        where TOthers : ActorBase
    {
        if (registry.TryGet<TOthers>(out var known)) return known;
        var made = context.ActorOf(resolver.Props(typeof(TOthers)), "others");
        registry.TryRegister<TOthers>(made);
        return made;
    }
}

using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;

namespace Handoff.Hosting;

/// <summary>
/// Declares listeners and who owns what they accept. They listen once all actors of the host are started, in the order
/// of their declaration; one that cannot is the failure of the host, by a <c>SocketFailedException</c>.
/// </summary>
public sealed class HandoffBuilder
{
    private readonly HandoffSetup _setup;
    private readonly HandoffOptions _options;

    internal HandoffBuilder(HandoffSetup setup, HandoffOptions options)
    {
        _setup = setup;
        _options = options;
    }

    /// <summary>
    /// A listener whose connections are offered to the actor that is registered under
    /// <typeparamref name="TOwner"/>, or where none is, to a new one whose constructor takes what the services have.
    /// <c>IRequiredActor</c> finds it.
    /// </summary>
    /// <typeparam name="TOwner">The owner's type and key.</typeparam>
    /// <param name="name">Its name; a part of the names of actors.</param>
    /// <param name="endPoint">Where to listen; null for what the options say.</param>
    /// <param name="more">Changes the options of the listener.</param>
    /// <exception cref="ConfigurationException">The name is used already, no actor can have it, or nothing says where
    /// to listen.</exception>
    public HandoffBuilder Listen<TOwner>(
        string name, EndPoint? endPoint = null, Action<ListenerOptions>? more = null)
        where TOwner : ActorBase => Declare<TOwner>(name, endPoint, props: null, more);

    /// <summary>A listener whose connections are offered to an actor that is made of props and registered under
    /// <typeparamref name="TKey"/>.</summary>
    /// <typeparam name="TKey">The key to find the owner by, once.</typeparam>
    /// <param name="name">Its name; a part of the names of actors.</param>
    /// <param name="endPoint">Where to listen; null for what the options say.</param>
    /// <param name="owner">Makes the owner.</param>
    /// <param name="more">Changes the options of the listener.</param>
    /// <exception cref="ConfigurationException">As for <c>Listen</c> without props.</exception>
    public HandoffBuilder Listen<TKey>(
        string name, EndPoint? endPoint, Props owner, Action<ListenerOptions>? more = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return Declare<TKey>(name, endPoint, (_, _, _) => owner, more);
    }

    /// <summary>As with props, which are made when the host starts.</summary>
    /// <typeparam name="TKey">The key to find the owner by, once.</typeparam>
    /// <param name="name">Its name; a part of the names of actors.</param>
    /// <param name="endPoint">Where to listen; null for what the options say.</param>
    /// <param name="owner">Makes the props of the owner.</param>
    /// <param name="more">Changes the options of the listener.</param>
    /// <exception cref="ConfigurationException">As for <c>Listen</c> without props.</exception>
    public HandoffBuilder Listen<TKey>(
        string name,
        EndPoint? endPoint,
        Func<ActorSystem, IActorRegistry, IDependencyResolver, Props> owner,
        Action<ListenerOptions>? more = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return Declare<TKey>(name, endPoint, owner, more);
    }

    // What the configuration says of a listener that nobody declares would have no effect.
    internal void End()
    {
        foreach (var name in _options.Listeners.Keys)
        {
            if (!_setup.Listeners.Exists(l => l.Name == name))
                throw new ConfigurationException($"listener {name}: it is configured, and nobody is to own it");
        }
    }

    private HandoffBuilder Declare<TKey>(
        string name,
        EndPoint? endPoint,
        Func<ActorSystem, IActorRegistry, IDependencyResolver, Props>? props,
        Action<ListenerOptions>? more)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ActorPath.IsValidPathElement(name))
            throw new ConfigurationException($"listener '{name}': no actor can be named so");
        if (_setup.Listeners.Exists(l => l.Name == name))
            throw new ConfigurationException($"listener {name}: there is one of that name already");
        var options = _options.Listeners.TryGetValue(name, out var known) ? known.Copy() : new ListenerOptions();
        options.EndPoint = endPoint ?? options.EndPoint;
        more?.Invoke(options);
        if (options.EndPoint is null) throw new ConfigurationException($"listener {name}: it has no EndPoint");
        _setup.Listeners.Add(new ListenerDeclaration(name, options, typeof(TKey), props));
        return this;
    }
}

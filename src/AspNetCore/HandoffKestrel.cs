using System.Buffers;
using Akka.Actor;
using Handoff.Transport;
using Microsoft.AspNetCore.Connections;

namespace Handoff.AspNetCore;

/// <summary>Kestrel as a target, for one actor system: what is released to it is served by ASP.NET Core.</summary>
public sealed class HandoffKestrel : IExtension
{
    private readonly Dictionary<string, IActorRef> _targets = [];
    private readonly Lock _gate = new();
    private readonly ExtendedActorSystem _system;
    private readonly KestrelSettings _settings;

    internal HandoffKestrel(ExtendedActorSystem system)
    {
        _system = system;
        _settings = new KestrelSettings(system.Settings.Config);
    }

    /// <summary>The extension of an actor system; made on first use.</summary>
    /// <param name="system">The actor system.</param>
    public static HandoffKestrel For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<HandoffKestrel, HandoffKestrelProvider>();
    }

    /// <summary>
    /// Who a connection is released to, or who is named as an acceptor, so that Kestrel serves it at the
    /// <see cref="HandoffEndPoint"/> of that name: from its first unconsumed byte on, pushed back ones included. It
    /// declines what is no connection, a loan, and whatever is offered once Kestrel does not listen there any more or
    /// where <c>handoff.kestrel.max-waiting</c> connections wait for it. Before Kestrel has started an offer waits
    /// until its own time-out.
    /// </summary>
    /// <param name="name">The name of the endpoint.</param>
    /// <exception cref="ArgumentException">No actor can be named so.</exception>
    public IActorRef Target(string name)
    {
        var endPoint = new HandoffEndPoint(name);
        lock (_gate)
        {
            if (!_targets.TryGetValue(endPoint.Name, out var target))
            {
                _targets[endPoint.Name] = target = _system.ActorOf(
                    KestrelOwner.Props(endPoint.Name, _settings.MaxWaiting), $"kestrel-{endPoint.Name}");
            }

            return target;
        }
    }

    internal async Task<IConnectionListener> BindAsync(HandoffEndPoint endPoint, MemoryPool<byte> memory)
    {
        var target = Target(endPoint.Name);
        var listener = new HandoffConnectionListener(endPoint, target, memory, _settings);
        var bound = await target.Ask<SocketResult>(new KestrelOwner.Bind(listener), _settings.BindTimeout);
        if (!bound.IsSuccess) throw new AddressInUseException($"{endPoint}: {bound.Reason}");
        if (endPoint.Address is not { } address) return listener;
        try
        {
            listener.Door = await HandoffExtension.For(_system).ListenAsync(address, target);
            return listener;
        }
        catch (SocketFailedException failed)
        {
            await listener.DisposeAsync();
            throw failed.Code is ResultCode.EEADDRINUSE
                ? new AddressInUseException(failed.Message, failed)
                : new IOException($"{endPoint}: {failed.Message}", failed);
        }
    }
}

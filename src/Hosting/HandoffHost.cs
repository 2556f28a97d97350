using Akka.Actor;
using Akka.Hosting;
using Handoff.Transport;

namespace Handoff.Hosting;

/// <summary>What <c>WithHandoff</c> declared for an actor system, as it is now.</summary>
public sealed class HandoffHost : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly HostSettings _settings;
    private IReadOnlyList<Door> _doors = [];

    internal HandoffHost(ExtendedActorSystem system)
    {
        _system = system;
        _settings = new HostSettings(system.Settings.Config);
    }

    /// <summary>The declared listeners, in their order; none before the host has started.</summary>
    public IReadOnlyList<HostedListener> Listeners => [.. Doors.Select(door => door.State)];

    /// <summary>The extension of an actor system; made on first use.</summary>
    /// <param name="system">The actor system.</param>
    public static HandoffHost For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<HandoffHost, HandoffHostProvider>();
    }

    /// <summary>A declared listener by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public HostedListener Listener(string name) =>
        Listeners.FirstOrDefault(listener => listener.Name == name)
            ?? throw new KeyNotFoundException($"There is no listener named '{name}'.");

    internal IReadOnlyList<Door> Doors => Volatile.Read(ref _doors);

    internal async Task StartAsync(HandoffSetup setup, IActorRegistry registry)
    {
        var handoff = HandoffExtension.For(_system);
        List<Door> doors = [];
        new Drain(_system, _settings, handoff.Owners, this).Add();
        foreach (var declared in setup.Listeners)
        {
            var door = new Door(declared, declared.FindOwner(_system, registry));
            doors.Add(door);
            var props = DoorActor.Props(door, handoff.Sockets, _settings);
            var actor = door.Actor = _system.ActorOf(props, $"{declared.Name}-listener");
            var opened = await actor.Ask<SocketResult>(DoorActor.Open.Instance, _settings.StartTimeout);
            if (!opened.IsSuccess)
                throw new SocketFailedException(opened with { Reason = $"listener {declared.Name}: {opened.Reason}" });
        }

        Volatile.Write(ref _doors, doors);
    }
}

using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Logging;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

public sealed class AkkaConfigurationBuilder
{
    public readonly HashSet<Setup> Setups = [];

    private readonly IServiceCollection _services;
    private readonly string _systemName;
    private readonly List<string> _extensions = [];
    private readonly List<ActorStarter> _starters = [];
    private readonly List<StartupTask> _startups = [];

    // After the start nothing that is said here has an effect.
    private bool _started;

    public AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
    {
        _services = serviceCollection;
        _systemName = actorSystemName;
    }

    public Option<Config> Configuration { get; private set; } = Option<Config>.None;

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) =>
        StartActors((system, registry) =>
        {
            starter(system, registry);
            return Task.CompletedTask;
        });

    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
    {
        if (!_started)
            _starters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) =>
        AddStartup((system, registry) =>
        {
            startupTask(system, registry);
            return Task.CompletedTask;
        });

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        if (!_started)
            _startups.Add(startupTask);
        return this;
    }

    public AkkaConfigurationBuilder WithExtension<T>()
        where T : IExtensionId => WithExtensions(typeof(T));

    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension))
                throw new ConfigurationException($"{extension.FullName} is no {nameof(IExtensionId)}");
            if (extension.IsAbstract || !extension.IsClass)
                throw new ConfigurationException($"{extension.FullName} is abstract or static");
            if (!_extensions.Contains(extension.AssemblyQualifiedName))
                _extensions.Add(extension.AssemblyQualifiedName);
        }

        return this;
    }

    internal AkkaConfigurationBuilder Add(Setup setup)
    {
        if (_started)
            return this;

        // The builder makes the bootstrap setup itself, and takes from this one what is in it.
        if (setup is not BootstrapSetup bootstrap)
            Setups.Add(setup);
        else if (bootstrap.Config.HasValue)
            Add(bootstrap.Config.Value, HoconAddMode.Prepend);
        return this;
    }

    internal AkkaConfigurationBuilder Add(Config hocon, HoconAddMode mode)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        if (_started)
            return this;
        var before = Configuration.HasValue ? Configuration.Value : Config.Empty;
        Configuration = mode switch
        {
            HoconAddMode.Append => before.WithFallback(hocon),
            HoconAddMode.Prepend or HoconAddMode.Replace => hocon.WithFallback(before),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };
        return this;
    }

    internal void Bind()
    {
        _services.AddSingleton(p => p.GetRequiredService<AkkaConfigurationBuilder>().CreateSystem(p));
        _services.AddSingleton(p => ActorRegistry.For(p.GetRequiredService<ActorSystem>()));
        _services.AddSingleton<IActorRegistry>(p => p.GetRequiredService<ActorRegistry>());
        _services.AddSingleton<IReadOnlyActorRegistry>(p => p.GetRequiredService<ActorRegistry>());
        _services.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
    }

    internal async Task StartAsync(ActorSystem system)
    {
        if (_started)
            return;
        _started = true;
        var registry = ActorRegistry.For(system);
        foreach (var starter in _starters)
            await starter(system, registry).ConfigureAwait(false);
        foreach (var startup in _startups)
            await startup(system, registry).ConfigureAwait(false);
    }

    private ActorSystem CreateSystem(IServiceProvider services)
    {
        AddExtensions();
        if (!Setups.Any(s => s is LoggerFactorySetup) && services.GetService<ILoggerFactory>() is { } factory)
            Setups.Add(new LoggerFactorySetup(factory));
        if (!Setups.Any(s => s is DependencyResolverSetup))
            Setups.Add(DependencyResolverSetup.Create(services));
        var config = Configuration.HasValue ? Configuration.Value : Config.Empty;
        Setup[] all = [BootstrapSetup.Create().WithConfig(config), .. Setups];
        return ActorSystem.Create(_systemName, ActorSystemSetup.Create(all));
    }

    private void AddExtensions()
    {
        if (_extensions.Count == 0)
            return;
        var all = _extensions.AsEnumerable();
        if (Configuration.HasValue)
            all = all.Union(Configuration.Value.GetStringList("akka.extensions"));
        var quoted = string.Join(", ", all.Select(name => $"\"{name}\""));
        Add(ConfigurationFactory.ParseString($"akka.extensions = [{quoted}]"), HoconAddMode.Prepend);
    }
}

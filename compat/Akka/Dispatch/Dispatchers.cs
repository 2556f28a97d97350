using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Dispatch;

public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private const int LongestAliasChain = 20;

    private readonly IDispatcherPrerequisites _prerequisites;
    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcherConfigurator>> _configurators = new();

    internal Dispatchers(IDispatcherPrerequisites prerequisites)
    {
        _prerequisites = prerequisites;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
        InternalDispatcher = Lookup(InternalDispatcherId);
    }

    public MessageDispatcher DefaultGlobalDispatcher { get; }

    internal MessageDispatcher InternalDispatcher { get; }

    private Config Root => _prerequisites.Settings.Config;

    public MessageDispatcher Lookup(string dispatcherName)
    {
        var id = dispatcherName;
        for (var depth = 0; depth < LongestAliasChain; depth++)
        {
            if (_configurators.TryGetValue(id, out var known))
                return known.Value.Dispatcher();
            if (!Root.HasPath(id))
                throw new ConfigurationException($"Dispatcher {id} not configured.");
            var value = Root.GetValue(id);
            if (value.IsObject())
            {
                return _configurators
                    .GetOrAdd(id, key => new Lazy<MessageDispatcherConfigurator>(() => Create(key)))
                    .Value.Dispatcher();
            }

            if (!value.IsString())
                throw new ConfigurationException($"Expected either a dispatcher config or an alias at [{id}]");
            id = value.GetString();
        }

        throw new ConfigurationException(
            $"Could not find a dispatcher for [{dispatcherName}] within {LongestAliasChain} aliases");
    }

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || Root.HasPath(id);

    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) =>
        _configurators.TryAdd(id, new Lazy<MessageDispatcherConfigurator>(configurator));

    private MessageDispatcherConfigurator Create(string id)
    {
        var config = ConfigurationFactory
            .ParseString($"id: \"{id}\"")
            .WithFallback(Root.GetConfig(id))
            .WithFallback(ConfigurationFactory.ParseString($"name: \"{id[(id.LastIndexOf('.') + 1)..]}\""))
            .WithFallback(Root.GetConfig(DefaultDispatcherId));
        var type = config.GetString("type")
            ?? throw new ConfigurationException($"Could not resolve dispatcher for path {id}. type is null");
        switch (type)
        {
            case "Dispatcher":
            case "TaskDispatcher":
                return new DispatcherConfigurator(config, _prerequisites);
            case "PinnedDispatcher":
                return new PinnedDispatcherConfigurator(config, _prerequisites);
            case "ForkJoinDispatcher":
                return new DedicatedThreadConfigurator(config, _prerequisites);
        }

        var userType = Type.GetType(type)
            ?? throw new ConfigurationException($"Could not resolve dispatcher type {type} for path {id}");
        return (MessageDispatcherConfigurator)Activator.CreateInstance(userType, config, _prerequisites);
    }
}

using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Dispatch;

internal sealed class Mailboxes(ActorSystemImpl system)
{
    private const string DefaultId = "akka.actor.default-mailbox";
    private const string StashKey = "stash-capacity";

    private readonly ConcurrentDictionary<string, MailboxType> _types = new();
    private readonly MailboxType _default = new UnboundedMailbox();

    internal MailboxType For(Props props, MessageDispatcher dispatcher)
    {
        if (props.Mailbox.Length > 0)
            return Lookup(props.Mailbox);
        var own = dispatcher.Configurator.Config;
        return own != null && own.HasPath("mailbox-type") ? Lookup(dispatcher.Id) : _default;
    }

    internal int StashCapacity(Props props)
    {
        var config = system.Settings.Config;
        return ReadStash(config, props.Mailbox) ?? ReadStash(config, props.Dispatcher) ?? ReadStash(config, DefaultId)
            ?? Props.NoStashCapacity;
    }

    private static int? ReadStash(Config config, string id)
    {
        if (id.Length == 0)
            return null;
        var key = $"{id}.{StashKey}";
        return config.HasPath(key) ? config.GetInt(key) : null;
    }

    private MailboxType Lookup(string id) => _types.GetOrAdd(id, static (key, system) => Create(key, system), system);

    private static MailboxType Create(string id, ActorSystemImpl system)
    {
        var config = system.Settings.Config;
        if (!config.HasPath(id))
            throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var section = config.GetConfig(id);
        var name = section.GetString("mailbox-type");
        var type = string.IsNullOrEmpty(name) ? null : Type.GetType(name);
        if (type == null)
            throw new ConfigurationException($"Cannot find mailbox type [{name}] of [{id}]");
        return (MailboxType)Activator.CreateInstance(type, system.Settings, section);
    }
}

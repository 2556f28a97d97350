using Akka.Actor;
using Akka.Configuration;
using Handoff.Policy;

namespace Handoff.Sockets;

// The policy of an actor system, which is set once: one that anybody could replace would be none.
internal sealed class Policies(ISocketPolicy? configured)
{
    private const string Key = "handoff.policy";
    private const string Everything = "allow";

    private ISocketPolicy? _current = configured;

    // Null where everything is allowed.
    public ISocketPolicy? Current => Volatile.Read(ref _current);

    public bool TrySet(ISocketPolicy policy) => Interlocked.CompareExchange(ref _current, policy, null) is null;

    public static Policies Load(ActorSystem system, string name)
    {
        if (name == Everything) return new(configured: null);
        var type = Find(name) ?? throw new ConfigurationException(
            $"{Key} is '{name}', but there is no such type; write allow, or Namespace.Type, Assembly.");
        if (!typeof(ISocketPolicy).IsAssignableFrom(type))
            throw new ConfigurationException($"{Key} is '{name}', which is no {nameof(ISocketPolicy)}.");
        return new((ISocketPolicy)Make(type, system, name));
    }

    private static Type? Find(string name)
    {
        try
        {
            return Type.GetType(name, throwOnError: false);
        }
        catch (Exception gone) when (gone is ArgumentException or IOException or TypeLoadException)
        {
            // The name of an assembly that cannot be one.
            return null;
        }
    }

    private static object Make(Type type, ActorSystem system, string name)
    {
        try
        {
            var takesSystem = type.GetConstructor([typeof(ActorSystem)]) is not null;
            return (takesSystem ? Activator.CreateInstance(type, system) : Activator.CreateInstance(type))!;
        }
        catch (Exception gone)
        {
            var why = (gone.InnerException ?? gone).Message;
            throw new ConfigurationException(
                $"{Key} is '{name}', which cannot be made: {why} It needs a public constructor that takes nothing or "
                    + "the ActorSystem.",
                gone);
        }
    }
}

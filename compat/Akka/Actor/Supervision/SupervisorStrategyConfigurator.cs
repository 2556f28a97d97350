using Akka.Configuration;

namespace Akka.Actor;

public abstract class SupervisorStrategyConfigurator
{
    protected SupervisorStrategyConfigurator()
    {
    }

    public abstract SupervisorStrategy Create();

    internal static SupervisorStrategyConfigurator ByName(string typeName)
    {
        var type = Type.GetType(typeName)
            ?? throw new ConfigurationException(
                $"Could not resolve SupervisorStrategyConfigurator type {typeName}");
        return (SupervisorStrategyConfigurator)Activator.CreateInstance(type);
    }
}

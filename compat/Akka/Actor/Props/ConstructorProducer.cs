using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

internal sealed class ConstructorProducer(Type actorType, object[] args) : IIndirectActorProducer
{
    // Where a type has one constructor, nothing has to be chosen, and it is called as fast as can be.
    private static readonly ConcurrentDictionary<Type, (ConstructorInvoker Invoke, Type[] Parameters)> s_single = [];

    public Type ActorType => actorType;

    public ActorBase Produce()
    {
        if (args.Length > 0)
        {
            var (invoke, parameters) = s_single.GetOrAdd(actorType, static type => FindSingle(type));
            if (invoke != null && Fits(parameters))
                return Wrapping(invoke);
        }

        return (ActorBase)Activator.CreateInstance(actorType, args);
    }

    public void Release(ActorBase actor)
    {
    }

    private static (ConstructorInvoker Invoke, Type[] Parameters) FindSingle(Type type)
    {
        var constructors = type.GetConstructors();
        return constructors.Length == 1
            ? (ConstructorInvoker.Create(constructors[0]),
                Array.ConvertAll(constructors[0].GetParameters(), parameter => parameter.ParameterType))
            : default;
    }

    private bool Fits(Type[] parameters)
    {
        if (parameters.Length != args.Length)
            return false;
        for (var i = 0; i < args.Length; i++)
        {
            if (!parameters[i].IsInstanceOfType(args[i]))
                return false;
        }

        return true;
    }

    private ActorBase Wrapping(ConstructorInvoker invoke)
    {
        try
        {
            return (ActorBase)invoke.Invoke(args.AsSpan());
        }
        catch (Exception cause) when (cause is not TargetInvocationException)
        {
            throw new TargetInvocationException(cause);
        }
    }
}

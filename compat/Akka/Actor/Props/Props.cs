using System.Linq.Expressions;
using Akka.Dispatch;

namespace Akka.Actor;

public class Props
{
    public static readonly Props None;

    internal const int NoStashCapacity = -1;

    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer, object[] args, SupervisorStrategy supervisorStrategy = null)
    {
        _producer = producer;
        Arguments = args;
        SupervisorStrategy = supervisorStrategy;
    }

    public static Props Empty { get; } = Create<EmptyActor>();

    public Type Type => _producer.ActorType;

    public object[] Arguments { get; }

    public string Dispatcher { get; private init; } = Dispatchers.DefaultDispatcherId;

    public string Mailbox { get; private init; } = "";

    public SupervisorStrategy SupervisorStrategy { get; protected set; }

    internal int StashCapacity { get; private init; } = NoStashCapacity;

    public static Props Create<TActor>(
        Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is UnaryExpression)
            return new Props(new FactoryProducer<TActor>(factory.Compile()), [], supervisorStrategy);
        if (factory.Body is not NewExpression construction)
            throw new InvalidCastException("The create function must be a 'new T (args)' expression");
        var args = ArgumentReader.Read(construction.Arguments);
        return new Props(new ConstructorProducer(typeof(TActor), args), args, supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() =>
        new(new ConstructorProducer(typeof(TActor), []), [], supervisorStrategy);

    public static Props Create(Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (typeof(IIndirectActorProducer).IsAssignableFrom(type))
            return new Props((IIndirectActorProducer)Activator.CreateInstance(type, args), args);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"Unknown actor producer [{type.FullName}]", nameof(type));
        return new Props(new ConstructorProducer(type, args ?? []), args ?? []);
    }

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args ?? []);

    public Props WithDispatcher(string dispatcher) => new(this) { Dispatcher = dispatcher };

    public Props WithMailbox(string mailbox) => new(this) { Mailbox = mailbox };

    public Props WithStashCapacity(int stashCapacity) => new(this) { StashCapacity = stashCapacity };

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        new(this) { SupervisorStrategy = supervisorStrategy };

    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer.Produce();
        }
        catch (Exception cause) when (_producer is not IFactory)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: "
                + $"({string.Join(",", Arguments.Select(argument => argument?.ToString() ?? "null"))})",
                cause);
        }
    }

    internal void Release(ActorBase actor) => _producer.Release(actor);

    protected Props(Props copy)
        : this(copy._producer, copy.Arguments, copy.SupervisorStrategy)
    {
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        StashCapacity = copy.StashCapacity;
    }

    private interface IFactory
    {
    }

    private sealed class FactoryProducer<TActor>(Func<TActor> factory) : IIndirectActorProducer, IFactory
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => factory();

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}

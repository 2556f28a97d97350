using Akka.Streams.Supervision;

namespace Akka.Streams;

public static class ActorAttributes
{
    public static Attributes CreateDispatcher(string dispatcherName) => new(new Dispatcher(dispatcherName));

    public static Attributes CreateSupervisionStrategy(Decider strategy) => new(new SupervisionStrategy(strategy));

    public sealed class Dispatcher : Attributes.IMandatoryAttribute, IEquatable<Dispatcher>
    {
        public readonly string Name;

        public Dispatcher(string name) => Name = name;

        public bool Equals(Dispatcher other) => other?.Name == Name;

        public override bool Equals(object obj) => Equals(obj as Dispatcher);

        public override int GetHashCode() => Name?.GetHashCode(StringComparison.Ordinal) ?? 0;

        public override string ToString() => $"Dispatcher({Name})";
    }

    public sealed class SupervisionStrategy : Attributes.IMandatoryAttribute
    {
        public readonly Decider Decider;

        public SupervisionStrategy(Decider decider) => Decider = decider;

        public override string ToString() => "SupervisionStrategy";
    }
}

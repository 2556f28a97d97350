using Akka.Event;

namespace Akka.Streams;

public sealed partial class Attributes
{
    public sealed class Name : IAttribute, IEquatable<Name>
    {
        public readonly string Value;

        public Name(string value) => Value = value;

        public bool Equals(Name other) => other?.Value == Value;

        public override bool Equals(object obj) => Equals(obj as Name);

        public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;

        public override string ToString() => $"Name({Value})";
    }

    public sealed class InputBuffer : IMandatoryAttribute, IEquatable<InputBuffer>
    {
        public readonly int Initial;
        public readonly int Max;

        public InputBuffer(int initial, int max)
        {
            Initial = initial;
            Max = max;
        }

        public bool Equals(InputBuffer other) => other != null && (other.Initial, other.Max) == (Initial, Max);

        public override bool Equals(object obj) => Equals(obj as InputBuffer);

        public override int GetHashCode() => HashCode.Combine(Initial, Max);

        public override string ToString() => $"InputBuffer(initial={Initial}, max={Max})";
    }

    public sealed class LogLevels : IAttribute, IEquatable<LogLevels>
    {
        public static readonly LogLevel Off = (LogLevel)int.MaxValue;

        public readonly LogLevel OnElement;
        public readonly LogLevel OnFinish;
        public readonly LogLevel OnFailure;

        public LogLevels(LogLevel onElement, LogLevel onFinish, LogLevel onFailure)
        {
            OnElement = onElement;
            OnFinish = onFinish;
            OnFailure = onFailure;
        }

        public bool Equals(LogLevels other) =>
            other != null
            && (other.OnElement, other.OnFinish, other.OnFailure) == (OnElement, OnFinish, OnFailure);

        public override bool Equals(object obj) => Equals(obj as LogLevels);

        public override int GetHashCode() => HashCode.Combine(OnElement, OnFinish, OnFailure);

        public override string ToString() =>
            $"LogLevel(onElement={OnElement}, onFinish={OnFinish}, onFailure={OnFailure})";
    }

#pragma warning disable CS0659 // Akka's has no GetHashCode of its own; there is one instance only
    public sealed class AsyncBoundary : IAttribute, IEquatable<AsyncBoundary>
#pragma warning restore CS0659
    {
        public static readonly AsyncBoundary Instance = new();

        private AsyncBoundary()
        {
        }

        public bool Equals(AsyncBoundary other) => other != null;

        public override bool Equals(object obj) => obj is AsyncBoundary;

        public override string ToString() => "AsyncBoundary";
    }
}

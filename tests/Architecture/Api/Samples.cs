namespace Handoff.Architecture.Tests.Api;

// What ApiTextTests reads; public, because only what is exported is told.
public static class Samples
{
    public delegate void Told(string what);

    public enum Level
    {
        Low = -1,
        High = 7,
    }

    public interface IPart
    {
        int Size { get; }
    }

    public static int Twice(this int x) => 2 * x;

    public readonly struct Pair
    {
        public int A { get; init; }
    }

    public readonly record struct Half(int A);

    public sealed record Point(int X);

    public abstract class Base<T> : IPart, IDisposable
    {
        public const string Key = "k";

        protected Base(bool strict = false, string name = "a", TimeSpan? wait = null)
        {
        }

        public event Told? Changed
        {
            add { }
            remove { }
        }

        public int Size => 0;

        internal int Hidden { get; init; }

        protected int this[int index]
        {
            set { }
        }

        public static Base<T> operator +(Base<T> a, T b) => a;

        public abstract Task<List<string?>> Read(string? name, in int size, out T value, params int[] more);

        public TKey? Find<TKey>()
            where TKey : struct => null;

        public virtual void Dispose() => GC.SuppressFinalize(this);

        private protected virtual void Inner()
        {
        }
    }

    public sealed class Derived : Base<int>
    {
        public override Task<List<string?>> Read(string? name, in int size, out int value, params int[] more) =>
            throw new NotSupportedException();
    }
}

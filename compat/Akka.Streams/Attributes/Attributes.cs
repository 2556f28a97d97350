using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Streams;

// From the least specific, which is that of the whole graph, to the most specific, which is that of the stage.
public sealed partial class Attributes
{
    public static readonly Attributes None = new();

    private readonly ImmutableArray<IAttribute> _list;

    public Attributes(params IAttribute[] attributes) => _list = [.. attributes];

    private Attributes(ImmutableArray<IAttribute> list) => _list = list;

    public interface IAttribute
    {
    }

    // One that every stage finds: the materializer sees to it.
    public interface IMandatoryAttribute : IAttribute
    {
    }

    public IEnumerable<IAttribute> AttributeList => _list;

    public static Attributes CreateName(string name) =>
        string.IsNullOrEmpty(name) ? None : new Attributes(new Name(name));

    public static Attributes CreateInputBuffer(int initial, int max) => new(new InputBuffer(initial, max));

    public static Attributes CreateAsyncBoundary() => new(AsyncBoundary.Instance);

    public static Attributes CreateLogLevels(
        LogLevel onElement = LogLevel.DebugLevel,
        LogLevel onFinish = LogLevel.DebugLevel,
        LogLevel onError = LogLevel.ErrorLevel) => new(new LogLevels(onElement, onFinish, onError));

    public Attributes And(Attributes other) =>
        _list.IsEmpty ? other : other._list.IsEmpty ? this : new Attributes(_list.AddRange(other._list));

    public Attributes And(IAttribute other) => new(_list.Add(other));

    public bool Contains<TAttr>(TAttr attribute)
        where TAttr : IAttribute => _list.Contains(attribute);

    public IEnumerable<TAttr> GetAttributeList<TAttr>()
        where TAttr : IAttribute => _list.OfType<TAttr>();

    public TAttr GetAttribute<TAttr>()
        where TAttr : class, IAttribute => GetAttribute<TAttr>(null);

    public TAttr GetAttribute<TAttr>(TAttr defaultIfNotFound)
        where TAttr : class, IAttribute
    {
        for (var i = _list.Length - 1; i >= 0; i--)
        {
            if (_list[i] is TAttr found)
                return found;
        }

        return defaultIfNotFound;
    }

    // The least specific, as in Akka: what the materializer found when it began.
    public TAttr GetMandatoryAttribute<TAttr>()
        where TAttr : class, IMandatoryAttribute =>
        _list.OfType<TAttr>().FirstOrDefault()
        ?? throw new InvalidOperationException($"Mandatory attribute {typeof(TAttr)} not found");

    public override string ToString() => $"Attributes({string.Join(", ", _list)})";
}

using System.Collections.Immutable;

namespace Akka.Streams;

public abstract class FanInShape<TOut> : Shape
{
    private readonly string _name;
    private readonly IEnumerator<Inlet> _registered;
    private ImmutableArray<Inlet> _inlets = [];

    protected FanInShape(Outlet<TOut> outlet, IEnumerable<Inlet> registered, string name)
    {
        Out = outlet;
        Outlets = [outlet];
        _name = name;
        _registered = registered.GetEnumerator();
    }

    protected FanInShape(IInit init)
        : this(init.Outlet, init.Inlets, init.Name)
    {
    }

    public interface IInit
    {
        Outlet<TOut> Outlet { get; }

        IEnumerable<Inlet> Inlets { get; }

        string Name { get; }
    }

    public Outlet<TOut> Out { get; }

    public override ImmutableArray<Inlet> Inlets => _inlets;

    public override ImmutableArray<Outlet> Outlets { get; }

    public override Shape DeepCopy() =>
        Construct(new InitPorts((Outlet<TOut>)Out.CarbonCopy(), [.. _inlets.Select(i => i.CarbonCopy())]));

    public sealed override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, _inlets.Length, outlets, 1, GetType().Name);
        return Construct(new InitPorts(Outlet.Create<TOut>(outlets[0]), inlets));
    }

    protected abstract FanInShape<TOut> Construct(IInit init);

    // Either the next of those that the shape is a copy of, or a new one.
    protected Inlet<T> NewInlet<T>(string name)
    {
        var inlet = _registered.MoveNext()
            ? Inlet.Create<T>(_registered.Current)
            : new Inlet<T>($"{_name}.{name}");
        _inlets = _inlets.Add(inlet);
        return inlet;
    }

    public sealed class InitName : IInit
    {
        public InitName(string name)
        {
            Name = name;
            Outlet = new Outlet<TOut>(name + ".out");
        }

        public Outlet<TOut> Outlet { get; }

        public IEnumerable<Inlet> Inlets => [];

        public string Name { get; }
    }

    public sealed class InitPorts : IInit
    {
        public InitPorts(Outlet<TOut> outlet, IEnumerable<Inlet> inlets)
        {
            Outlet = outlet;
            Inlets = inlets;
        }

        public Outlet<TOut> Outlet { get; }

        public IEnumerable<Inlet> Inlets { get; }

        public string Name => "FanIn";
    }
}

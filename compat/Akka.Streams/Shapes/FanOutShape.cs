using System.Collections.Immutable;

namespace Akka.Streams;

public abstract class FanOutShape<TIn> : Shape
{
    private readonly string _name;
    private readonly IEnumerator<Outlet> _registered;
    private ImmutableArray<Outlet> _outlets = [];

    protected FanOutShape(Inlet<TIn> inlet, IEnumerable<Outlet> registered, string name)
    {
        In = inlet;
        Inlets = [inlet];
        _name = name;
        _registered = registered.GetEnumerator();
    }

    protected FanOutShape(IInit init)
        : this(init.Inlet, init.Outlets, init.Name)
    {
    }

    public interface IInit
    {
        Inlet<TIn> Inlet { get; }

        IEnumerable<Outlet> Outlets { get; }

        string Name { get; }
    }

    public Inlet<TIn> In { get; }

    public override ImmutableArray<Outlet> Outlets => _outlets;

    public override ImmutableArray<Inlet> Inlets { get; }

    public override Shape DeepCopy() =>
        Construct(new InitPorts((Inlet<TIn>)In.CarbonCopy(), [.. _outlets.Select(o => o.CarbonCopy())]));

    public sealed override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 1, outlets, _outlets.Length, GetType().Name);
        return Construct(new InitPorts(Inlet.Create<TIn>(inlets[0]), outlets));
    }

    protected abstract FanOutShape<TIn> Construct(IInit init);

    // Either the next of those that the shape is a copy of, or a new one.
    protected Outlet<T> NewOutlet<T>(string name)
    {
        var outlet = _registered.MoveNext()
            ? Outlet.Create<T>(_registered.Current)
            : new Outlet<T>($"{_name}.{name}");
        _outlets = _outlets.Add(outlet);
        return outlet;
    }

    public sealed class InitName : IInit
    {
        public InitName(string name)
        {
            Name = name;
            Inlet = new Inlet<TIn>(name + ".in");
        }

        public Inlet<TIn> Inlet { get; }

        public IEnumerable<Outlet> Outlets => [];

        public string Name { get; }
    }

    public sealed class InitPorts : IInit
    {
        public InitPorts(Inlet<TIn> inlet, IEnumerable<Outlet> outlets)
        {
            Inlet = inlet;
            Outlets = outlets;
        }

        public Inlet<TIn> Inlet { get; }

        public IEnumerable<Outlet> Outlets { get; }

        public string Name => "FanOut";
    }
}

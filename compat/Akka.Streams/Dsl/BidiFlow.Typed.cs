using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

// Two flows in opposite directions, as a layer of a protocol has them.
public class BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat> : IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat>
{
    private readonly Blueprint _blueprint;

    internal BidiFlow(Blueprint blueprint)
    {
        _blueprint = blueprint;
        Shape = new BidiShape<TIn1, TOut1, TIn2, TOut2>(
            new Inlet<TIn1>("BidiFlow.in1"),
            new Outlet<TOut1>("BidiFlow.out1"),
            new Inlet<TIn2>("BidiFlow.in2"),
            new Outlet<TOut2>("BidiFlow.out2"));
    }

    public BidiShape<TIn1, TOut1, TIn2, TOut2> Shape { get; }

    Blueprint IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>>.Blueprint => _blueprint;

    public BidiFlow<TIn1, TOut12, TIn21, TOut2, TMat> Atop<TOut12, TIn21, TMat2>(
        BidiFlow<TOut1, TOut12, TIn21, TIn2, TMat2> bidi) => AtopMat(bidi, Keep.Left);

    public BidiFlow<TIn1, TOut12, TIn21, TOut2, TMat3> AtopMat<TOut12, TIn21, TMat2, TMat3>(
        BidiFlow<TOut1, TOut12, TIn21, TIn2, TMat2> bidi, Func<TMat, TMat2, TMat3> combine) => new(new Wired(
            [_blueprint, bidi._blueprint],
            [
                new Wire(new PartPort(0, 0), new PartPort(1, 0)),
                new Wire(new PartPort(1, 1), new PartPort(0, 1)),
            ],
            [new PartPort(0, 0), new PartPort(1, 1)],
            [new PartPort(1, 0), new PartPort(0, 1)],
            Wired.Combining(combine)));

    public Flow<TIn1, TOut2, TMat> Join<TMat2>(Flow<TOut1, TIn2, TMat2> flow) => JoinMat(flow, Keep.Left);

    public Flow<TIn1, TOut2, TMat3> JoinMat<TMat2, TMat3>(
        Flow<TOut1, TIn2, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => new(new Wired(
            [_blueprint, ((IGraph<FlowShape<TOut1, TIn2>>)flow).Blueprint],
            [
                new Wire(new PartPort(0, 0), new PartPort(1, 0)),
                new Wire(new PartPort(1, 0), new PartPort(0, 1)),
            ],
            [new PartPort(0, 0)],
            [new PartPort(0, 1)],
            Wired.Combining(combine)));

    public BidiFlow<TIn2, TOut2, TIn1, TOut1, TMat> Reversed() => new(new Wired(
        [_blueprint],
        [],
        [new PartPort(0, 1), new PartPort(0, 0)],
        [new PartPort(0, 1), new PartPort(0, 0)],
        values => values[0]));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> WithAttributes(Attributes attributes) =>
        new BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat>(_blueprint.With(attributes));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> AddAttributes(Attributes attributes) =>
        new BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat>(_blueprint.And(attributes));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> Named(string name) =>
        AddAttributes(Attributes.CreateName(name));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> Async() =>
        AddAttributes(Attributes.CreateAsyncBoundary());
}

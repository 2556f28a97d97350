using Akka.Streams;

namespace Handoff.Compat.Tests.Streams;

public sealed class ShapeTests
{
    private static readonly Inlet<int> In = new("in");
    private static readonly Outlet<string> Out = new("out");

    public static TheoryData<Shape, int, int> Shapes => new()
    {
        { new SourceShape<string>(Out), 0, 1 },
        { new SinkShape<int>(In), 1, 0 },
        { new FlowShape<int, string>(In, Out), 1, 1 },
        { new BidiShape<int, string, int, string>(In, Out, new Inlet<int>("in2"), new Outlet<string>("out2")), 2, 2 },
        { new UniformFanInShape<int, string>(3), 3, 1 },
        { new UniformFanInShape<int, string>(2, "named"), 2, 1 },
        { new UniformFanInShape<int, string>(Out, In), 1, 1 },
        { new UniformFanOutShape<int, string>(3), 1, 3 },
        { new UniformFanOutShape<int, string>(2, "named"), 1, 2 },
        { new UniformFanOutShape<int, string>(In, Out), 1, 1 },
        { ClosedShape.Instance, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_has_its_ports_and_a_copy_has_others(Shape shape, int ins, int outs)
    {
        Assert.Equal(ins, shape.Inlets.Length);
        Assert.Equal(outs, shape.Outlets.Length);
        var copy = shape.DeepCopy();
        Assert.IsType(shape.GetType(), copy);
        Assert.Equal(ins + outs == 0, copy.HasSamePortsAs(shape));
        Assert.True(shape.HasSamePortsAndShapeAs(shape));
        Assert.IsType(shape.GetType(), shape.Clone());
        Assert.True(shape.CopyFromPorts(copy.Inlets, copy.Outlets).HasSamePortsAs(copy));
        Assert.ThrowsAny<Exception>(() => shape.CopyFromPorts(copy.Inlets.Add(new Inlet<int>("one too many")), []));
    }

    [Fact]
    public void Ports_have_names_and_copies_of_their_own()
    {
        Assert.Equal("in", In.ToString());
        Assert.Equal("out", Out.Name);
        Assert.NotSame(In, In.CarbonCopy());
        Assert.Equal("out", Out.CarbonCopy().Name);
        Assert.Same(In, Inlet.Create<int>(In));
        Assert.Same(Out, Outlet.Create<string>(Out));
    }

    [Fact]
    public void Ports_are_found_by_what_they_are()
    {
        var fanIn = new UniformFanInShape<int, string>(2);
        Assert.Same(fanIn.Ins[1], fanIn.In(1));
        Assert.Equal(2, fanIn.N);
        Assert.Same(fanIn.Outlets[0], fanIn.Out);
        var fanOut = new UniformFanOutShape<int, string>(2);
        Assert.Same(fanOut.Outs[1], fanOut.Out(1));
        Assert.Same(fanOut.Inlets[0], fanOut.In);
        var flow = new FlowShape<int, string>(In, Out);
        Assert.Equal((In, Out), (flow.Inlet, flow.Outlet));
        Assert.Equal((In, Out), (((IFlowShape)flow).Inlet, ((IFlowShape)flow).Outlet));
        var made = new UniformFanInShape<int, string>(2, new FanInShape<string>.InitName("made"));
        Assert.Equal(["made.in0", "made.in1"], made.Ins.Select(i => i.Name));
        Assert.Same(In, new UniformFanInShape<int, string>(1, new FanInShape<string>.InitPorts(Out, [In])).In(0));
        var split = new UniformFanOutShape<int, string>(2, new FanOutShape<int>.InitName("split"));
        Assert.Equal(["split.out0", "split.out1"], split.Outs.Select(o => o.Name));
        Assert.Same(Out, new UniformFanOutShape<int, string>(1, new FanOutShape<int>.InitPorts(In, [Out])).Out(0));
        Assert.Equal(new SinkShape<int>(In), new SinkShape<int>(In));
        Assert.Equal(new SourceShape<string>(Out).GetHashCode(), new SourceShape<string>(Out).GetHashCode());
    }

    [Fact]
    public void A_two_way_shape_is_made_of_flows_and_turned_round()
    {
        var top = new FlowShape<int, string>(In, Out);
        var bottom = new FlowShape<char, bool>(new Inlet<char>("in2"), new Outlet<bool>("out2"));
        var bidi = BidiShape.FromFlows(top, bottom);
        Assert.Equal((In, Out), (bidi.Inlet1, bidi.Outlet1));
        Assert.Equal((bottom.Inlet, bottom.Outlet), (bidi.Inlet2, bidi.Outlet2));

        var reversed = Assert.IsType<BidiShape<char, bool, int, string>>(bidi.Reversed());
        Assert.Same(bottom.Inlet, reversed.Inlet1);
        Assert.True(reversed.HasSamePortsAs(bidi));
    }

    [Fact]
    public void A_shape_needs_its_ports()
    {
        Assert.ThrowsAny<ArgumentException>(() => new SourceShape<int>(null!));
        Assert.ThrowsAny<ArgumentException>(() => new SinkShape<int>(null!));
        Assert.ThrowsAny<ArgumentException>(() => new FlowShape<int, string>(In, null!));
        Assert.ThrowsAny<ArgumentException>(() => new Inlet<int>(null!));
    }
}

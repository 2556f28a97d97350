using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class AttributesTests : StreamTest
{
    [Fact]
    public void The_last_attribute_of_a_kind_is_the_most_specific()
    {
        var attributes = Attributes.CreateName("outer").And(Attributes.CreateInputBuffer(1, 2))
            .And(new Attributes.Name("inner"));

        Assert.Equal("inner", attributes.GetAttribute<Attributes.Name>().Value);
        Assert.Equal(["outer", "inner"], attributes.GetAttributeList<Attributes.Name>().Select(n => n.Value));
        Assert.Equal(3, attributes.AttributeList.Count());
        Assert.Equal(2, attributes.GetMandatoryAttribute<Attributes.InputBuffer>().Max);
        Assert.True(attributes.Contains(new Attributes.InputBuffer(1, 2)));
        Assert.False(attributes.Contains(Attributes.AsyncBoundary.Instance));
    }

    [Fact]
    public void What_is_mandatory_is_what_the_materializer_gave_and_a_buffer_has_a_fitting_size()
    {
        var two = Attributes.CreateInputBuffer(1, 2).And(Attributes.CreateInputBuffer(1, 4));
        Assert.Equal(2, two.GetMandatoryAttribute<Attributes.InputBuffer>().Max);
        Assert.Equal(4, two.GetAttribute<Attributes.InputBuffer>().Max);

        Assert.Throws<ArgumentException>(() =>
        {
            Materializer.Materialize(
                Source.Empty<int>().To(Sink.Ignore<int>()), Attributes.CreateInputBuffer(7, 7));
        });
    }

    [Fact]
    public void A_strategy_is_found_as_it_was_given()
    {
        var given = new ActorAttributes.SupervisionStrategy(Akka.Streams.Supervision.Deciders.ResumingDecider);
        var attributes = new Attributes(given).And(Attributes.None);

        Assert.Same(given, attributes.GetAttribute<ActorAttributes.SupervisionStrategy>());
        Assert.Same(Akka.Streams.Supervision.Deciders.ResumingDecider, given.Decider);
    }

    [Fact]
    public void What_is_not_there_is_null_or_the_default()
    {
        Assert.Null(Attributes.None.GetAttribute<Attributes.Name>());
        var other = new Attributes.Name("other");
        Assert.Same(other, Attributes.None.GetAttribute(other));
        Assert.ThrowsAny<Exception>(() => Attributes.None.GetMandatoryAttribute<Attributes.InputBuffer>());
    }

    [Fact]
    public void Attributes_are_equal_by_what_they_say()
    {
        Attributes.IAttribute[] attributes =
        [
            new Attributes.Name("a"),
            new Attributes.InputBuffer(1, 2),
            new Attributes.LogLevels(LogLevel.InfoLevel, LogLevel.DebugLevel, LogLevel.ErrorLevel),
            new ActorAttributes.Dispatcher("d"),
        ];
        Attributes.IAttribute[] same =
        [
            new Attributes.Name("a"),
            new Attributes.InputBuffer(1, 2),
            new Attributes.LogLevels(LogLevel.InfoLevel, LogLevel.DebugLevel, LogLevel.ErrorLevel),
            new ActorAttributes.Dispatcher("d"),
        ];
        Attributes.IAttribute[] other =
        [
            new Attributes.Name("b"),
            new Attributes.InputBuffer(1, 3),
            new Attributes.LogLevels(LogLevel.InfoLevel, LogLevel.DebugLevel, Attributes.LogLevels.Off),
            new ActorAttributes.Dispatcher("e"),
        ];
        for (var i = 0; i < attributes.Length; i++)
        {
            Assert.True(attributes[i].Equals(same[i]));
            Assert.Equal(attributes[i].GetHashCode(), same[i].GetHashCode());
            Assert.False(attributes[i].Equals(other[i]));
            Assert.NotEqual(attributes[i].ToString(), other[i].ToString());
        }

        Assert.True(Attributes.AsyncBoundary.Instance.Equals((object)Attributes.AsyncBoundary.Instance));
        Assert.True(Attributes.CreateAsyncBoundary().Contains(Attributes.AsyncBoundary.Instance));
    }

    [Fact]
    public void What_a_graph_is_given_reaches_its_stages_around_what_they_have()
    {
        var seen = new List<Attributes>();
        var source = Source.FromGraph(new Curious(seen)).Select(n => n).Named("source");
        source.To(Sink.Ignore<int>()).Named("whole").AddAttributes(Attributes.CreateInputBuffer(3, 8))
            .Run(Materializer);

        var names = seen.Single().GetAttributeList<Attributes.Name>().Select(n => n.Value).ToList();
        Assert.Equal("curious", names[^1]);
        Assert.True(names.IndexOf("whole") < names.IndexOf("source"));
        Assert.Equal(8, seen.Single().GetAttribute<Attributes.InputBuffer>().Max);
    }

    [Fact]
    public void Given_attributes_take_the_place_of_its_own_or_come_after_them()
    {
        var seen = new List<Attributes>();
        var given = Attributes.CreateName("given");
        Source.FromGraph(new Curious(seen).WithAttributes(given)).To(Sink.Ignore<int>()).Run(Materializer);
        Source.FromGraph(new Curious(seen).AddAttributes(given)).To(Sink.Ignore<int>()).Run(Materializer);
        Source.FromGraph(new Curious(seen).Named("given")).To(Sink.Ignore<int>()).Run(Materializer);

        string[] Names(int i) => [.. seen[i].GetAttributeList<Attributes.Name>().Select(n => n.Value)];
        Assert.DoesNotContain("curious", Names(0));
        Assert.Equal(["curious", "given"], Names(1)[^2..]);
        Assert.Equal(["curious", "given"], Names(2)[^2..]);
    }

    [Fact]
    public void A_graph_of_any_kind_takes_attributes_and_a_name()
    {
        var name = Attributes.CreateName("n");
        var flow = Flow.Create<int>().WithAttributes(name).AddAttributes(name).Named("f");
        var sink = Sink.Ignore<int>().WithAttributes(name).AddAttributes(name).Named("s");
        var graph = Source.Empty<int>().WithAttributes(name).Via(flow).To(sink).WithAttributes(name);
        var closed = RunnableGraph.FromGraph(graph).Async();
        var bidi = BidiFlow.FromFlows(flow, flow).WithAttributes(name).AddAttributes(name).Named("b").Async();

        closed.Run(Materializer);
        Assert.NotNull(bidi.Shape);
        Assert.NotNull(flow.ToString());
        Assert.NotNull(sink.ToString());
    }

    private sealed class Curious(List<Attributes> seen) : GraphStage<SourceShape<int>>
    {
        public override SourceShape<int> Shape { get; } = new(new Outlet<int>("out"));

        protected override Attributes InitialAttributes => Attributes.CreateName("curious");

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes)
        {
            seen.Add(inheritedAttributes);
            return new Logic(Shape);
        }

        private sealed class Logic : GraphStageLogic
        {
            public Logic(SourceShape<int> shape)
                : base(shape) => SetHandler(shape.Outlet, EagerTerminateOutput);

            public override void PreStart() => CompleteStage();
        }
    }
}

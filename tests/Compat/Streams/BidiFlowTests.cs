using Akka.Streams;
using Akka.Streams.Dsl;

namespace Handoff.Compat.Tests.Streams;

public sealed class BidiFlowTests : StreamTest
{
    private static BidiFlow<int, string, string, int, Akka.NotUsed> Texts =>
        BidiFlow.FromFunction<int, string, string, int>(n => $"{n}", int.Parse);

    private static BidiFlow<string, string, string, string, Akka.NotUsed> Quotes => BidiFlow.FromFlows(
        Flow.FromFunction<string, string>(s => $"<{s}>"), Flow.FromFunction<string, string>(s => s.Trim('<', '>')));

    [Fact]
    public async Task A_layer_is_joined_with_what_is_below_it()
    {
        var flow = Texts.Join(Flow.Create<string>().Select(s => s + "0"));
        Assert.Equal([10, 20], await All(Source.From([1, 2]).Via(flow)));

        var value = Texts.JoinMat(Flow.Create<string>().MapMaterializedValue(_ => "below"), Keep.Right);
        Assert.Equal("below", Source.Empty<int>().ViaMaterialized(value, Keep.Right)
            .To(Sink.Ignore<int>()).Run(Materializer));
    }

    [Fact]
    public async Task Layers_are_put_on_one_another()
    {
        var seen = new List<string>();
        var flow = Texts.Atop(Quotes).Join(Flow.Create<string>().Select(s =>
        {
            seen.Add(s);
            return s;
        }));

        Assert.Equal([1, 2], await All(Source.From([1, 2]).Via(flow)));
        Assert.Equal(["<1>", "<2>"], seen);
        var named = Texts.AtopMat(BidiFlow.FromFlowsMat(
            Flow.Create<string>(), Flow.Create<string>().MapMaterializedValue(_ => 7), Keep.Right), Keep.Right);
        Assert.Equal(7, Source.Empty<int>().ViaMaterialized(
            named.JoinMat(Flow.Create<string>(), Keep.Left), Keep.Right).To(Sink.Ignore<int>()).Run(Materializer));
    }

    [Fact]
    public async Task A_layer_can_be_turned_round_and_joined_from_the_other_side()
    {
        Assert.Equal(["3"], await All(Source.Single("2").Via(
            Texts.Reversed().Join(Flow.Create<int>().Select(n => n + 1)))));
        var flow = Flow.Create<int>().Select(n => n + 1);
        Assert.Equal(["6"], await All(Source.Single("5").Via(flow.Join(Texts))));
        Assert.Equal(4, Source.Empty<string>().ViaMaterialized(
            flow.JoinMaterialized(BidiFlow.FromGraph(Texts.Named("texts")), (_, _) => 4), Keep.Right)
            .To(Sink.Ignore<string>()).Run(Materializer));
    }

    [Fact]
    public async Task Both_directions_fail_when_both_are_idle()
    {
        var flow = BidiFlow.BidirectionalIdleTimeout<int, int>(TimeSpan.FromMilliseconds(60))
            .Join(Flow.Create<int>());

        await FailureOf<TimeoutException>(All(Source.Single(1).Concat(Source.Never<int>()).Via(flow)));
    }

    [Fact]
    public async Task A_kill_switch_cuts_both_directions()
    {
        var layer = BidiFlow.FromGraph(KillSwitches.SingleBidi<int, int>());
        var (killed, all) = Source.Never<int>()
            .ViaMaterialized(layer.JoinMat(Flow.Create<int>(), Keep.Left), Keep.Right)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both)
            .Run(Materializer);
        killed.Shutdown();

        Assert.Empty(await all.WaitAsync(Patience));
    }
}

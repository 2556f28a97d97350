using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using OpenTelemetry.Metrics;

namespace Handoff.Hosting.Tests;

// What the page documents is what OpenTelemetry's SDK is told, and the other way round.
public sealed class TelemetryPageTests : HostTest, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("handoff-");
    private readonly Exported _exported = new();

    public void Dispose()
    {
        _exported.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task The_instruments_and_spans_of_the_page_are_those_that_OpenTelemetry_is_told()
    {
        var system = await TourAsync();
        _exported.Dispose();

        var metrics = _exported.Metrics;
        Assert.Equal(
            Sorted(TelemetryPage.Instruments.Select(i => $"{i.Name}, {i.Kind}, {i.Unit}: {List(i.Attributes)}")),
            Sorted(metrics.GroupBy(m => $"{m.Name}, {KindOf(m)}, {m.Unit}").Select(all =>
                $"{all.Key}: {List(all.SelectMany(TagsOf).Select(tag => tag.Key))}")));
        Assert.Equal(
            Sorted(TelemetryPage.Spans.Select(span => $"{span.Name}, {span.Kind}: {List(span.Attributes)}")),
            Sorted(_exported.Spans.GroupBy(span => (span.OperationName, span.Kind)).Select(all =>
                $"{all.Key.OperationName}, {all.Key.Kind.ToString().ToLowerInvariant()}: "
                + List(all.SelectMany(span => span.TagObjects).Select(tag => tag.Key)))));
        Assert.All(
            metrics.SelectMany(TagsOf).Concat(_exported.Spans.SelectMany(span => span.TagObjects)), IsDocumented);
        ValuesAreRight(metrics, system);
        SpansAreRight(_exported.Spans.Where(span => Equals(span.GetTagItem("handoff.system"), system)).ToList());
    }

    [Fact]
    public void The_words_of_the_page_are_those_of_the_code()
    {
        var outcomes = Enum.GetValues<OfferOutcome>().Except([OfferOutcome.None, OfferOutcome.Lost]);
        Assert.Equal(Sorted(outcomes.Select(OfferWords.Of)), TelemetryPage.Values["handoff.outcome"]);
        Assert.Equal(
            Sorted(Enum.GetValues<SocketKind>().Select(OfferWords.Of)), TelemetryPage.Values["handoff.socket.kind"]);
        Assert.Equal(
            Sorted(Enum.GetValues<OfferMode>().Select(OfferWords.Of).Append("name")),
            TelemetryPage.Values["handoff.offer.mode"]);
    }

    // The name of the system, which is stopped when it has seen everything.
    private async Task<string> TourAsync()
    {
        var host = await StartAsync(akka => akka.WithHandoff(
            $"handoff.processes.directory = \"{_directory.FullName}/run\"",
            handoff => handoff.Listen<Tour>("door", AnyPort, Props.Create(() => new Tour()))));
        var system = SystemOf(host);
        var handoff = HandoffExtension.For(system);
        var guest = system.ActorOf(Props.Create(() => new Tour.Guest()));
        var service = await handoff.Processes.Ask<ServiceOpened>(new OpenService("tour", guest), Patience);
        var peer = await handoff.Processes.Ask<PeerOpened>(new OpenPeer(service.Path, "tour"), Patience);
        ActorOf<Tour>(host).Tell(peer);

        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        var arrived = await guest.Ask<Acquired>(Holder.WhoIsThere, Patience);
        await client.SendAsync(new byte[7], SocketFlags.None).WaitAsync(Patience);
        var read = await arrived.Lease!.Input.ReadAtLeastAsync(7).AsTask().WaitAsync(Patience);
        arrived.Lease.Input.AdvanceTo(read.Buffer.End);
        await arrived.Lease.Output.WriteAsync(new byte[5]).AsTask().WaitAsync(Patience);
        Assert.Equal(5, await client.ReceiveAsync(new byte[5]).WaitAsync(Patience));
        await EchoAsync(system, "ping");
        await Assert.ThrowsAsync<SocketFailedException>(() => handoff.GetAsync("nobody").WaitAsync(Patience));
        await CollectAsync(system.Name);
        client.Dispose();
        await host.StopAsync().WaitAsync(Patience);
        return system.Name;
    }

    // The listener, what arrived, and the datagrams: what left is gone a moment after it has arrived.
    private async Task CollectAsync(string system)
    {
        using var readings = new Readings();
        using var late = new CancellationTokenSource(Patience);
        while (readings.Observe("handoff.sockets", system) is not [{ Value: 3 }])
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        _exported.Collect();
    }

    private static async Task EchoAsync(ActorSystem system, string text)
    {
        var echo = system.ActorOf(Props.Create(() => new DatagramEcho()));
        var endPoint = await echo.Ask<IPEndPoint>(DatagramEcho.Where, Patience);
        using var client = new UdpClient();
        client.Connect(endPoint);
        await client.SendAsync(Encoding.ASCII.GetBytes(text)).AsTask().WaitAsync(Patience);
        using var late = new CancellationTokenSource(Patience);
        Assert.Equal(text, Encoding.ASCII.GetString((await client.ReceiveAsync(late.Token)).Buffer));
    }

    // Accepted, declined, lent, given, and released to a process twice.
    private static void ValuesAreRight(IReadOnlyList<MetricSnapshot> metrics, string system)
    {
        var offers = Points(metrics, "handoff.offers", system).Sum(point => point.GetSumLong());
        var outcomes = Points(metrics, "handoff.offer.outcomes", system)
            .ToDictionary(point => Tag(point, "handoff.outcome"), point => point.GetSumLong());
        Assert.Equal(6, offers);
        Assert.Equal((4L, 2L), (outcomes["acquired"], outcomes["declined"]));
        var durations = Points(metrics, "handoff.offer.duration", system);
        Assert.Equal(6, durations.Sum(point => point.GetHistogramCount()));
        Assert.Contains(Bounds(durations[0]), bound => bound is > 0 and < 0.001);
        var refused = Assert.Single(Points(metrics, "handoff.refusals", system));
        Assert.Equal("EENAMENOTFOUND", Tag(refused, "handoff.code"));
        Assert.Equal(3, Assert.Single(Points(metrics, "handoff.sockets", system)).GetSumLong());
        Assert.Equal(3, Assert.Single(Points(metrics, "handoff.owners", system)).GetSumLong());

        // The other tests of this process move bytes, too, but no datagrams.
        Assert.Equal([("datagrams", "receive", 1L), ("datagrams", "transmit", 1L)], Moved("handoff.messages"));
        var io = Moved("handoff.io").ToDictionary(moved => (moved.Kind, moved.Direction), moved => moved.Sum);
        Assert.Equal((4L, 4L), (io[("datagrams", "receive")], io[("datagrams", "transmit")]));
        Assert.True(io[("connection", "receive")] >= 7 && io[("connection", "transmit")] >= 5);

        IEnumerable<(string Kind, string Direction, long Sum)> Moved(string name) =>
            from point in Points(metrics, name, system: null)
            let direction = Tag(point, "network.io.direction")
            orderby direction
            select (Tag(point, "handoff.socket.kind"), direction, point.GetSumLong());
    }

    private static void SpansAreRight(List<Activity> spans)
    {
        var offers = Of("handoff.offer");
        Assert.Equal(
            ["acquired", "declined", "acquired", "acquired", "declined", "acquired"],
            offers.Select(span => span.GetTagItem("handoff.outcome")));
        Assert.Equal(
            [null, "declined", null, null, "declined", null], offers.Select(span => span.GetTagItem("error.type")));
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], offers.Select(span => span.GetTagItem("handoff.offer.number")));
        Assert.All(offers, span => Assert.Equal(default, span.ParentSpanId));
        Assert.Equal(
            [(offers[^2].SpanId, "EESOCKNOTRLSD"), (offers[^1].SpanId, "EESUCCESS")],
            Of("handoff.arrival").Select(span => (span.ParentSpanId, (string)span.GetTagItem("handoff.code")!)));
        Assert.Equal(
            ["finish", "close"],
            Of("handoff.drain").Select(span => span.GetTagItem("handoff.drain.step")).Take(2));

        List<Activity> Of(string name) =>
            [.. spans.Where(span => span.OperationName == name).OrderBy(span => span.StartTimeUtc)];
    }

    private static void IsDocumented(KeyValuePair<string, object?> tag)
    {
        if (TelemetryPage.Values.TryGetValue(tag.Key, out var values)) Assert.Contains((string)tag.Value!, values);
    }

    // Of the last time that there were any: a system that has ended has no sockets any more.
    private static List<MetricPoint> Points(IReadOnlyList<MetricSnapshot> metrics, string name, string? system) =>
        metrics.Where(metric => metric.Name == name)
            .Select(metric => metric.MetricPoints
                .Where(point => system is null || Tag(point, "handoff.system") == system).ToList())
            .Last(points => points.Count > 0);

    private static string Tag(MetricPoint point, string key) =>
        (string)TagsOf(point).Single(tag => tag.Key == key).Value!;

    private static IEnumerable<KeyValuePair<string, object?>> TagsOf(MetricSnapshot metric) =>
        metric.MetricPoints.SelectMany(TagsOf);

    private static List<KeyValuePair<string, object?>> TagsOf(MetricPoint point)
    {
        var tags = new List<KeyValuePair<string, object?>>();
        foreach (var tag in point.Tags) tags.Add(tag);
        return tags;
    }

    private static List<double> Bounds(MetricPoint point)
    {
        var bounds = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
        return bounds;
    }

    private static string KindOf(MetricSnapshot metric) => metric.MetricType switch
    {
        MetricType.LongSum => "counter",
        MetricType.LongSumNonMonotonic => "up-down counter",
        MetricType.Histogram => "histogram",
        var other => other.ToString(),
    };

    private static string[] Sorted(IEnumerable<string> all) => [.. all.Order(StringComparer.Ordinal)];

    private static string List(IEnumerable<string> names) => string.Join(", ", Sorted(names.Distinct()));
}

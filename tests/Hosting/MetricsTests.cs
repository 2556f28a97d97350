using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Handoff.Messages;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests;

public sealed class MetricsTests : HostTest, IDisposable
{
    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Fact]
    public async Task An_offer_and_its_outcome_are_counted_once_and_timed()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort)));

        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "door"), Patience));

        await EndedAsync(host, "acquired");
        var made = Assert.Single(_readings.Of("handoff.offers", SystemOf(host).Name));
        Assert.Equal(1, made.Value);
        await _readings.WhenAsync(() => Durations(host).Count == 1, Patience);
        var time = Assert.Single(Durations(host));
        Assert.True(time.Value >= 0);
        Assert.Equal("acquired", time.Tags["handoff.outcome"]);
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("timed_out")]
    [InlineData("target_died")]
    public async Task An_offer_that_is_not_acquired_is_counted_by_why(string outcome)
    {
        var owner = Props.Create(() => new Unwilling(outcome));
        var host = await StartAsync(akka => akka.WithHandoff(
            $"handoff.listen.acquire-timeout = {(outcome == "timed_out" ? "1ms" : "1h")}",
            handoff => handoff.Listen<Unwilling>("door", AnyPort, owner)));

        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);

        await EndedAsync(host, outcome);
        await _readings.WhenAsync(() => Durations(host).Count == 1, Patience);
        Assert.Equal(outcome, Assert.Single(Durations(host)).Tags["handoff.outcome"]);
    }

    [Fact]
    public async Task A_release_that_reverts_and_one_that_succeeds_are_offers_of_their_own()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff
            .Listen<Releaser>("door", AnyPort, (_, _, resolver) => resolver.Props<Releaser>())));

        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "door"), Patience));

        await _readings.WhenAsync(() => Outcomes(host).Count == 3, Patience);
        Assert.Equal(["acquired", "declined", "acquired"], Outcomes(host));
        Assert.Equal(3, _readings.Of("handoff.offers", SystemOf(host).Name).Count);
    }

    [Fact]
    public async Task Open_sockets_are_counted_when_somebody_asks_until_the_system_ends()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff
            .Listen<Holder>("door", AnyPort, Props.Create(() => new Holder()))));
        var name = SystemOf(host).Name;
        Assert.Equal(1, Assert.Single(_readings.Observe("handoff.sockets", name)).Value);

        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        await ActorOf<Holder>(host).Ask<Acquired>(Holder.WhoIsThere, Patience);

        Assert.Equal(2, Assert.Single(_readings.Observe("handoff.sockets", name)).Value);
        client.Dispose();
        await host.StopAsync().WaitAsync(Patience);

        // What a system has registered for its end may run a moment after it has ended.
        using var time = new CancellationTokenSource(Patience);
        while (_readings.Observe("handoff.sockets", name).Count > 0)
        {
            time.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Bytes_are_counted_by_their_direction()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort)));
        using var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        await client.SendAsync(new byte[7], SocketFlags.None).WaitAsync(Patience);

        // The other tests of this process move bytes, too.
        await _readings.WhenAsync(() => Bytes("transmit") >= "hello".Length && Bytes("receive") >= 7, Patience);
        Assert.All(_readings.Of("handoff.io"), io => Assert.True(io.Value > 0));
    }

    private double Bytes(string direction) =>
        _readings.Of("handoff.io").Where(io => Equals(io.Tags["network.io.direction"], direction)).Sum(io => io.Value);

    private IReadOnlyList<Measured> Durations(IHost host) =>
        _readings.Of("handoff.offer.duration", SystemOf(host).Name);

    private Task EndedAsync(IHost host, string outcome) =>
        _readings.WhenAsync(() => Outcomes(host) is [var only] && only == outcome, Patience);

    private List<string> Outcomes(IHost host) =>
    [
        .. _readings.Of("handoff.offer.outcomes", SystemOf(host).Name).Select(r => (string)r.Tags["handoff.outcome"]!),
    ];

    private sealed class Unwilling : ReceiveActor
    {
        public Unwilling(string outcome) => Receive<Offered>(offered =>
        {
            if (outcome == "declined")
                offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "no"));
            else if (outcome == "target_died")
                Context.Stop(Self);
        });
    }

    // Offers to somebody who declines, then to somebody who does not.
    private sealed class Releaser : ReceiveActor
    {
        public Releaser(Greeting greeting)
        {
            var unwilling = Context.ActorOf(Props.Create(() => new Unwilling("declined")));
            var greeter = Context.ActorOf(Props.Create(() => new Greeter(greeting)));
            Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
            Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(new Release(acquired.Handle, unwilling)));
            Receive<ReleaseFailed>(failed =>
                failed.Release.Handle.Socket.Tell(new Release(failed.Release.Handle, greeter)));
        }
    }
}

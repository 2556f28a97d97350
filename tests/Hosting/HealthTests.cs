using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Handoff.Hosting.Health;
using Handoff.Hosting.Tests.Setup;
using Handoff.Messages;
using Handoff.Policy;
using Handoff.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests;

public sealed class HealthTests : HostTest
{
    private static readonly HostedListener Bound =
        new("door", ActorRefs.Nobody, new IPEndPoint(IPAddress.Loopback, 1), SocketResult.Success);

    private static readonly HostedListener Shut =
        new("door", ActorRefs.Nobody, EndPoint: null, SocketResult.Of(ResultCode.EEADDRINUSE));

    [Fact]
    public async Task A_host_whose_listeners_listen_is_healthy_and_tells_how_many_sockets_it_has()
    {
        var host = await StartAsync(Declared, Checked);
        var held = await HeldAsync(host);

        var entry = await CheckAsync(host);

        Assert.Equal((HealthStatus.Healthy, null), (entry.Status, entry.Description));
        Assert.Equal((1, 2, 0, 0), Counts(entry));
        held.Dispose();
    }

    [Fact]
    public async Task A_host_one_of_whose_listeners_is_shut_is_not()
    {
        var host = await StartAsync(Declared, Checked);
        ActorOf<Holder>(host).Tell(PoisonPill.Instance);
        await Assert.Single(HandoffOf(host).Doors).WhenAsync(door => door.EndPoint is null).WaitAsync(Patience);

        var entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("listener door does not listen", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_policy_lets_nobody_ask_it_is_degraded_and_a_credential_helps()
    {
        var host = await StartAsync(Declared, builder =>
        {
            Checked(builder);
            builder.Services.AddHealthChecks().AddHandoff("trusted", credential: "trusted");
        });
        HandoffExtension.For(SystemOf(host)).UsePolicy(new TrustsOne());

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Entries["handoff"].Status);
        Assert.Contains("EESECURITY", report.Entries["handoff"].Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, report.Entries["trusted"].Status);
    }

    [Fact]
    public void A_shut_listener_fails_the_check_as_it_was_registered()
    {
        Assert.Equal(HealthStatus.Unhealthy, Of(new([Bound, Shut], [], [], false), HealthStatus.Unhealthy).Status);
        Assert.Equal(HealthStatus.Degraded, Of(new([Shut], [], [], false), HealthStatus.Degraded).Status);
        Assert.Equal(HealthStatus.Healthy, Of(new([Bound], [], [], false)).Status);
    }

    [Fact]
    public void What_is_stuck_and_a_touched_reserve_degrade_it_and_are_told()
    {
        var silent = Of(new([Bound], [], [3, 4], false));
        Assert.Equal((HealthStatus.Degraded, "no answer: sockets 3, 4"), (silent.Status, silent.Description));

        var reserve = Of(new([Bound], [], [], IsReserveTouched: true));
        Assert.Equal(HealthStatus.Degraded, reserve.Status);
        Assert.Contains("handoff.io.reserved-descriptors", reserve.Description, StringComparison.Ordinal);

        var late = Of(new([Bound], [Offered(7, TimeSpan.Zero), Offered(8, TimeSpan.FromTicks(1))], [], false));
        Assert.Equal((HealthStatus.Degraded, "offers past their time: sockets 7"), (late.Status, late.Description));
        Assert.Equal(2, late.Data["offers"]);
    }

    private static HealthCheckResult Of(HealthFacts facts, HealthStatus failure = HealthStatus.Unhealthy) =>
        facts.Judge(failure);

    private static SocketStatus Offered(long id, TimeSpan left) => new(
        new SocketFacts(id, SocketKind.Connection, "tcp", null, null, 0, 0), "Offered", null, 1, 1, [], 0, 0)
    {
        Left = left,
    };

    private static void Declared(AkkaConfigurationBuilder akka) => akka.WithHandoff(
        handoff => handoff.Listen<Holder>("door", AnyPort, Props.Create(() => new Holder())));

    private static void Checked(HostApplicationBuilder builder) => builder.Services.AddHealthChecks().AddHandoff();

    private static async Task<Socket> HeldAsync(IHost host)
    {
        var client = await Client.ConnectAsync(EndPointOf(host, "door"), Patience);
        await ActorOf<Holder>(host).Ask<Acquired>(Holder.WhoIsThere, Patience);
        return client;
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["handoff"];
    }

    private static (object, object, object, object) Counts(HealthReportEntry entry) =>
        (entry.Data["listeners"], entry.Data["sockets"], entry.Data["offers"], entry.Data["silent"]);

    private sealed class TrustsOne : ISocketPolicy
    {
        public PolicyAnswer Ask(in PolicyQuestion question) =>
            Equals(question.Credential, "trusted") ? PolicyAnswer.Permit : PolicyAnswer.Refuse("not trusted");
    }
}

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
    public async Task A_shut_listener_fails_the_check_as_it_was_registered()
    {
        var nothing = await AskedAsync(Page([]));
        Assert.Equal(HealthStatus.Unhealthy, Of(new([Bound, Shut], nothing, false), HealthStatus.Unhealthy).Status);
        Assert.Equal(HealthStatus.Degraded, Of(new([Shut], nothing, false), HealthStatus.Degraded).Status);
        Assert.Equal(HealthStatus.Healthy, Of(new([Bound], nothing, false)).Status);
    }

    [Fact]
    public async Task What_is_stuck_and_a_touched_reserve_degrade_it_and_are_told()
    {
        var silent = Of(new([Bound], await AskedAsync(Page([]) with { Silent = [3, 4] }), false));
        Assert.Equal((HealthStatus.Degraded, "no answer: sockets 3, 4"), (silent.Status, silent.Description));

        var reserve = Of(new([Bound], await AskedAsync(Page([])), IsReserveTouched: true));
        Assert.Equal(HealthStatus.Degraded, reserve.Status);
        Assert.Contains("handoff.io.reserved-descriptors", reserve.Description, StringComparison.Ordinal);

        var offers = await AskedAsync(Page([Offered(7, TimeSpan.Zero), Offered(8, TimeSpan.FromTicks(1))]));
        var late = Of(new([Bound], offers, false));
        Assert.Equal((HealthStatus.Degraded, "offers past their time: sockets 7"), (late.Status, late.Description));
        Assert.Equal(2, late.Data["offers"]);
    }

    [Fact]
    public async Task An_offer_that_is_stuck_is_found_on_whatever_page_it_is()
    {
        var asked = await AskedAsync(
            Page([Status(1), Status(2)], next: 2), Page([Offered(3, TimeSpan.Zero)], next: 3),
            Page([Status(4)]) with { Silent = [5] });

        var health = Of(new([Bound], asked, false));

        Assert.Equal("offers past their time: sockets 3; no answer: sockets 5", health.Description);
        Assert.Equal(4, health.Data["sockets"]);
    }

    [Fact]
    public async Task All_sockets_of_a_system_are_asked_a_page_after_the_other()
    {
        var host = await StartAsync(
            akka =>
            {
                Declared(akka);
                akka.AddHocon("handoff.status.max-page = 1", HoconAddMode.Prepend);
            },
            Checked);
        using var held = await HeldAsync(host);

        var entry = await CheckAsync(host);

        Assert.Equal((HealthStatus.Healthy, (1, 2, 0, 0)), (entry.Status, Counts(entry)));
    }

    [Fact]
    public async Task A_check_whose_time_is_over_tells_how_far_it_came()
    {
        var never = new TaskCompletionSource<SocketPage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var survey = new HealthSurvey();
        await survey.RunAsync(
            after => after == 0 ? Task.FromResult(Page([Status(1)], next: 1)) : never.Task,
            TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None).WaitAsync(Patience);

        var health = Of(new([Bound], survey, false));

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal(
            "no time for all sockets: 1 answered (handoff.hosting.health.timeout)", health.Description);
    }

    [Fact]
    public async Task A_check_that_is_cancelled_tells_so()
    {
        using var cancelled = new CancellationTokenSource();
        var survey = new HealthSurvey();
        var asking = survey.RunAsync(
            _ => new TaskCompletionSource<SocketPage>().Task, Patience, TimeProvider.System, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Patience));
    }

    [Fact]
    public async Task Of_many_that_are_stuck_a_few_are_named()
    {
        var asked = await AskedAsync(Page([]) with { Silent = [.. Enumerable.Range(1, 20).Select(id => (long)id)] });
        Assert.EndsWith("15, 16 and 4 more", Of(new([Bound], asked, false)).Description, StringComparison.Ordinal);
    }

    private static async Task<HealthSurvey> AskedAsync(params SocketPage[] pages)
    {
        var survey = new HealthSurvey();
        var left = new Queue<SocketPage>(pages);
        await survey.RunAsync(
            _ => Task.FromResult(left.Dequeue()), Patience, TimeProvider.System, CancellationToken.None);
        Assert.Empty(left);
        return survey;
    }

    private static SocketPage Page(IReadOnlyList<SocketStatus> sockets, long? next = null) =>
        new(new GetSockets(), sockets, next);

    private static HealthCheckResult Of(HealthFacts facts, HealthStatus failure = HealthStatus.Unhealthy) =>
        facts.Judge(failure);

    private static SocketStatus Offered(long id, TimeSpan left) => Status(id) with
    {
        State = "Offered", Offer = 1, Left = left,
    };

    private static SocketStatus Status(long id) => new(
        new SocketFacts(id, SocketKind.Connection, "tcp", null, null, 0, 0), "Held", null, 1, null, [], 0, 0);

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

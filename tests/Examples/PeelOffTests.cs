using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Configuration;
using Handoff.TestKit.Simulation;
using Handoff.TestKit.Simulation.Sctp;
using PeelOff;

namespace Handoff.Examples.Tests;

public sealed class PeelOffTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Answers =
    [
        "desk: good morning",
        "desk: order 1", "desk: order 2", "desk: order 3",
        "worker: order 4", "worker: order 5", "worker: order 6",
        "desk: good night",
    ];

    [Fact]
    public async Task A_heavy_sender_gets_a_worker_of_its_own_and_the_others_stay_at_the_desk()
    {
        using var sctp = new SimulatedSctp(
            seed: 1, TimeProvider.System, new SimulationOptions(PipeScheduler.ThreadPool));
        using var system = ActorSystem.Create(
            "peel-off", ConfigurationFactory.ParseString("handoff.sctp.backend = simulated"));
        var handoff = HandoffExtension.For(system);
        handoff.UseSimulatedSctp(sctp);
        var desk = system.ActorOf(Props.Create(() => new Desk()));
        var output = new StringWriter();
        await using (var listener = await handoff.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), desk, "sctp"))
            await Day.PlayAsync(handoff, listener.EndPoint, output).WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(Answers, output.ToString().TrimEnd().Split('\n'));
    }

    [UsrsctpFact]
    public async Task The_program_has_its_day_on_the_SCTP_that_is_there_and_ends()
    {
        using var bound = new CancellationTokenSource(Patience);
        var program = new ProcessStartInfo("dotnet", ["exec", ExampleProgram.Of(typeof(Desk)), "--once"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(program)!;
        var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        var lines = output.TrimEnd().Split('\n');
        Assert.Matches("^senders call 127.0.0.1:[0-9]+$", lines[0]);
        Assert.Equal(Answers, lines[1..]);
        Assert.Equal(0, process.ExitCode);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class UsrsctpFactAttribute : FactAttribute
    {
        public UsrsctpFactAttribute()
        {
            if (!NativeLibrary.TryLoad("libusrsctp.so.2", out _))
                Skip = "libusrsctp.so.2 cannot be loaded: install the package libusrsctp2";
        }
    }
}

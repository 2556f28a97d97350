using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Handoff.Bench.Actors;
using Handoff.Bench.Descriptors;
using Handoff.Bench.Echo;
using Handoff.Bench.Growth;
using Handoff.Bench.Handoffs;
using Handoff.Bench.Http;
using Handoff.Bench.Idle;
using Handoff.Bench.Measuring;
using Handoff.Bench.Sctp;
using Handoff.Bench.Servers;
using Handoff.Bench.Spawning;

namespace Handoff.Bench;

// The commands, and what their exit codes are (ExitCode). Progress and faults go to error, results to output.
internal sealed class CommandLine(TextWriter output, TextWriter error)
{
    private static readonly string[] Engines = ["auto", "linux", "portable"];

    private static readonly bool IsOptimized =
        typeof(CommandLine).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Three short rounds, within a minute.",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "One more line of output, the last one: the table as a JSON object.",
        Recursive = true,
    };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "The value of handoff.engine in what is measured: auto, linux or portable.",
        HelpName = "ENGINE",
        DefaultValueFactory = _ => Engines[0],
        Recursive = true,
    };

    private readonly Option<int?> _rounds = new("--rounds") { Hidden = true, Recursive = true };

    private readonly Option<double?> _seconds = new("--seconds") { Hidden = true, Recursive = true };

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Commands().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors) await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync("See --help.");
            return ExitCode.BadCommandLine;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
    }

    private RootCommand Commands()
    {
        _engine.AcceptOnlyFromAmong(Engines);
        return new RootCommand(
            "Measures Handoff beside its peers: rounds alternate, figures are medians, a ratio is the median of the "
            + "ratios of each round, and more is always better. Exit codes: 0 measured, 1 failed, 2 bad command line.")
        {
            _quick,
            _json,
            _engine,
            _rounds,
            _seconds,
            Bench("handoff", "How fast a live connection changes owner.",
                parsed => new HandoffBench(new BenchSystem(parsed.GetValue(_engine)!))),
            Bench("echo", "Bytes through a connection and its owner, beside plain sockets and Kestrel.",
                parsed => new EchoBench(parsed.GetValue(_engine)!)),
            Bench("http", "A page of ASP.NET Core on connections of Handoff, beside Kestrel's own.",
                parsed => new HttpBench(parsed.GetValue(_engine)!)),
            Bench("idle", "The memory of an idle connection, beside a plain socket and Kestrel.",
                parsed => new IdleBench(parsed.GetValue(_engine)!)),
            Bench("growth", "What a request costs as connections grow in number, and requests in size.",
                parsed => new GrowthBench(parsed.GetValue(_engine)!)),
            Bench("spawn", "Connections that are a process each, beside xinetd and inetd, where the path has them.",
                _ => new SpawnBench()),
            Bench("descriptors", "How fast connections go to another process, beside bare SCM_RIGHTS.",
                _ => new DescriptorsBench()),
            Bench("sctp", "Messages of an association and its owner, beside a bare loop over the same library.",
                parsed => new SctpBench(parsed.GetValue(_engine)!)),
            Actors(),
            Serve(),
            Take(),
            SctpFar(),
            Sample(),
        };
    }

    private Command Actors()
    {
        var peer = new Option<FileInfo>("--peer")
        {
            Description = "The assembly of another build of this bench, to be measured beside this one.",
            HelpName = "DLL",
        };
        peer.AcceptExistingOnly();
        var actors = Bench("actors", "The actors that this build runs on.",
            parsed => new ActorsBench(new BenchSystem(parsed.GetValue(_engine)!), parsed.GetValue(peer)));
        actors.Options.Add(peer);
        return actors;
    }

    // The process of a server, which a bench starts.
    private Command Serve()
    {
        var kind = new Argument<string>("kind");
        var serve = new Command("serve") { Hidden = true, Arguments = { kind } };
        serve.SetAction(parsed => ServerLoop.RunAsync(
            parsed.GetValue(kind)!, parsed.GetValue(_engine)!, Console.In, output));
        return serve;
    }

    // The other process of descriptors.
    private Command Take()
    {
        var kind = new Argument<string>("kind");
        var name = new Argument<string>("name");
        var take = new Command("take") { Hidden = true, Arguments = { kind, name } };
        take.SetAction(parsed => FarSide.RunAsync(parsed.GetValue(kind)!, parsed.GetValue(name)!, output));
        return take;
    }

    // The other process of sctp.
    private Command SctpFar()
    {
        var buffer = new Argument<int>("buffer");
        var far = new Command("sctp-far") { Hidden = true, Arguments = { buffer } };
        far.SetAction(parsed => FarEnd.RunAsync(parsed.GetValue(buffer), Console.In, output));
        return far;
    }

    // The process of --peer.
    private Command Sample()
    {
        var sample = new Command("sample") { Hidden = true };
        sample.SetAction(parsed => ActorSamples.RunAsync(
            new BenchSystem(parsed.GetValue(_engine)!), Console.In, output));
        return sample;
    }

    private Command Bench(string name, string description, Func<ParseResult, IBench> create)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, stop) => MeasureAsync(create(parsed), parsed, stop));
        return command;
    }

    private async Task<int> MeasureAsync(IBench bench, ParseResult parsed, CancellationToken stop)
    {
        var pace = Pace.Of(parsed.GetValue(_quick), parsed.GetValue(_rounds), parsed.GetValue(_seconds));
        var progress = new Progress(error, !Console.IsErrorRedirected);
        if (!IsOptimized) await error.WriteLineAsync("bench: not a Release build, so that the figures say little");
        var rows = await bench.RunAsync(pace, progress, stop);
        progress.End();
        Report.WriteTable(output, rows);
        if (parsed.GetValue(_json)) await output.WriteLineAsync(Report.ToJson(bench.Name, rows));
        return ExitCode.Done;
    }
}

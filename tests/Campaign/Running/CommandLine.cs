using System.CommandLine;

namespace Handoff.Campaign.Tests.Running;

// Progress goes to error, what was found to output.
internal sealed class CommandLine(TextWriter output, TextWriter error)
{
    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "How many scenarios to play, one a seed.",
        HelpName = "N",
        DefaultValueFactory = _ => 10_000,
    };

    private readonly Option<int> _from = new("--from")
    {
        Description = "The first seed.",
        HelpName = "SEED",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _replay = new("--replay")
    {
        Description = "Play one seed, twice, and print its history; says if the two differ.",
        HelpName = "SEED",
    };

    private readonly Option<int> _workers = new("--workers")
    {
        Description = "Threads, each with an actor system of its own.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Plays random programs of handoffs and faults on a simulated network and holds every step against what "
            + "ownership promises. Exit codes: 0 nothing was wrong, 1 a seed failed, 2 bad command line.")
        {
            _seeds, _from, _replay, _workers,
        };
        AtLeastOne(_seeds);
        AtLeastOne(_workers);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors) await error.WriteLineAsync(fault.Message);
            await error.WriteLineAsync("See --help.");
            return ExitCode.BadCommandLine;
        }

        root.SetAction((result, stop) => PlayAsync(result, stop));
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    private static void AtLeastOne(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < 1)
            result.AddError($"{option.Name} must be at least 1.");
    });

    private async Task<int> PlayAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_replay) is { } seed)
        {
            var verdict = Replay.Of(seed);
            await output.WriteAsync(Replay.Describe(verdict));
            return verdict.IsFailure ? ExitCode.Failed : ExitCode.Passed;
        }

        var campaign = new Campaign(parsed.GetValue(_from), parsed.GetValue(_seeds), parsed.GetValue(_workers));
        var progress = new Progress(error, isTerminal: !Console.IsErrorRedirected, parsed.GetValue(_seeds));
        var failures = campaign.Run(progress, stop);
        foreach (var failure in failures)
            await output.WriteAsync(Replay.Describe(Replay.Of(failure.Seed)));
        await output.WriteLineAsync($"{campaign.Played} scenarios, {failures.Count} failed; {progress.Summary}");
        return failures.Count > 0 || campaign.Played < parsed.GetValue(_seeds) ? ExitCode.Failed : ExitCode.Passed;
    }
}

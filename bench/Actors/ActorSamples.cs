using System.Globalization;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Actors;

// The process of another build: a line names a case and its window, and is answered with the case's figures.
internal static class ActorSamples
{
    private const string Quit = ServerLoop.Quit;

    public static async Task<int> RunAsync(BenchSystem config, TextReader input, TextWriter output)
    {
        using var system = config.Create();
        while (await input.ReadLineAsync() is { } line and not Quit)
        {
            var (window, name) = Parse(line);
            var figures = await ActorCase.All.Single(each => each.Name == name).Measure(system, window);
            var texts = figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture));
            await output.WriteLineAsync(string.Join(' ', texts));
        }

        return ExitCode.Done;
    }

    public static async Task<double[]> AskAsync(
        ChildProcess peer, ActorCase each, TimeSpan window, CancellationToken stop)
    {
        await peer.TellAsync($"{window.TotalSeconds.ToString(CultureInfo.InvariantCulture)} {each.Name}", stop);
        var answer = await peer.LineAsync(stop);
        return [.. answer.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
    }

    private static (TimeSpan Window, string Name) Parse(string line)
    {
        var parts = line.Split(' ', 2);
        return (TimeSpan.FromSeconds(double.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1]);
    }
}

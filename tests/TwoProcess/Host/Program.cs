namespace Handoff.TwoProcess.Tests.Host;

/// <summary>What the tests start: one side of a move, as a process of its own.</summary>
public static class Program
{
    /// <summary>Runs one side.</summary>
    /// <param name="args">The side: giver, taker, near or far; the folder that both share.</param>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var side, var folder]) return 2;
        var settings = new HostSettings(folder);
        return side switch
        {
            "giver" => await GivingSide.RunAsync(settings),
            "taker" => await TakingSide.RunAsync(settings),
            "near" => await ToAndFro.NearAsync(settings),
            "far" => await ToAndFro.FarAsync(settings),
            _ => 2,
        };
    }
}

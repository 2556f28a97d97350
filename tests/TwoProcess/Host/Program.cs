namespace Handoff.TwoProcess.Tests.Host;

/// <summary>What the tests start: one side of a move, as a process of its own.</summary>
public static class Program
{
    /// <summary>Runs one side.</summary>
    /// <param name="args">The side, which is one of those below; the folder that both share.</param>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [var side, var folder]) return 2;

        // Before anything looks at whose it is.
        if (HostSettings.User is { } user) Privileges.Drop(to: user);
        var settings = new HostSettings(folder);
        return side switch
        {
            "giver" => await GivingSide.RunAsync(settings),
            "taker" => await TakingSide.RunAsync(settings),
            "near" => await ToAndFro.NearAsync(settings),
            "far" => await ToAndFro.FarAsync(settings),
            "near-listener" => await ListenerToAndFro.NearAsync(settings),
            "far-listener" => await ListenerToAndFro.FarAsync(settings),
            "named-giver" => await NamedSides.GiveAsync(settings),
            "named-getter" => await NamedSides.GetAsync(settings),
            "name-holder" => await NameHolding.HoldAsync(settings),
            "name-changer" => await NameHolding.ComeAndGoAsync(settings),
            "first-racer" => await NameRace.FirstAsync(settings),
            "second-racer" => await NameRace.SecondAsync(settings),
            "actor-giver" => await ActorSides.GiveAsync(settings),
            "actor-getter" => await ActorSides.GetAsync(settings),
            "keeper" => await KeeperSide.RunAsync(settings),
            "depositor" => await DepositingSide.RunAsync(settings),
            "adopter" => await AdoptingSide.RunAsync(settings),
            "heir" => await AdoptingSide.TakeOneAsync(settings),
            "server" => await ServingSide.RunAsync(settings),
            "listened" => ListenedSide.Run(),
            "inheriting" => await InheritingSide.RunAsync(),
            _ => 2,
        };
    }
}

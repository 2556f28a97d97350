using System.Diagnostics;
using LoginToGame;

namespace Handoff.Examples.Tests;

public sealed class LoginToGameTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_login_hands_a_player_to_the_game_and_the_program_ends()
    {
        using var bound = new CancellationTokenSource(Patience);
        var program = new ProcessStartInfo("dotnet", ["exec", ExampleProgram.Of(typeof(Login)), "--once"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(program)!;
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        Assert.Matches("players connect to 127.0.0.1:[0-9]+\n", await output);
        Assert.Contains("welcome joe\nlook\n", await output, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }
}

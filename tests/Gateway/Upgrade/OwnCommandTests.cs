using Handoff.Gateway.Upgrade;

namespace Handoff.Gateway.Tests.Upgrade;

public sealed class OwnCommandTests
{
    private static readonly OwnCommand Own = new(["dotnet", "exec", "gateway.dll"], ["--config", "a.conf"]);

    [Fact]
    public void The_next_version_is_started_as_this_one_was() =>
        Assert.Equal(
            ["dotnet", "exec", "gateway.dll", "--config", "a.conf", "--take-over", "/run/c.sock"],
            Own.Next([], [], "/run/c.sock"));

    [Fact]
    public void Program_and_arguments_may_each_be_others()
    {
        Assert.Equal(["/new", "--config", "a.conf", "--take-over", "s"], Own.Next(["/new"], [], "s"));
        Assert.Equal(["dotnet", "exec", "gateway.dll", "-x", "--take-over", "s"], Own.Next([], ["-x"], "s"));
    }

    [Fact]
    public void A_version_that_has_taken_over_itself_does_not_hand_that_on()
    {
        string[] arguments = ["--config", "a", "--take-over", "s", "check"];
        Assert.Equal(["--config", "a", "check"], OwnCommand.Of(arguments).Arguments);
    }

    [Fact]
    public void The_program_is_what_the_system_has_before_the_arguments()
    {
        var all = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        Assert.Equal(all[..^1], OwnCommand.Of(["one argument"]).Program);
    }
}

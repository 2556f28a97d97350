namespace Handoff.Gateway.Tests.Running;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_tells_the_commands_the_options_and_the_exit_codes()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync("--help");
        Assert.Equal((0, ""), (exitCode, error));
        foreach (var word in (string[])["check", "--config", "--help", "--version", "SIGTERM", "Exit codes: 0"])
            Assert.Contains(word, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_prints_the_services_of_the_built_in_configuration()
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync("check");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            """
            service handler listens on     tcpmux connections idle
            tcpmux  tcpmux  127.0.0.1:7001 no     1024        -
            echo    echo    127.0.0.1:7007 yes    1024        00:05:00
            discard discard 127.0.0.1:7009 yes    1024        00:05:00
            daytime daytime 127.0.0.1:7013 yes    1024        00:05:00
            chargen chargen 127.0.0.1:7019 yes    1024        00:05:00
            time    time    127.0.0.1:7037 yes    1024        00:05:00

            """,
            string.Join('\n', output.Split('\n').Select(line => line.TrimEnd())));
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("chek")]
    [InlineData("--config")]
    public async Task A_wrong_command_line_is_told_and_runs_nothing(string argument)
    {
        var (exitCode, output, error) = await GatewayProcess.RunAsync(argument);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(argument, error, StringComparison.Ordinal);
        Assert.EndsWith("See --help.\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "--config")]
    [InlineData("-c")]
    public async Task A_bad_configuration_is_told_line_by_line(params string[] args)
    {
        using var file = new ConfFile(
            "gateway.services {\n  echo {\n    port = 0\n    prot = 7\n  }\n}\ngateway.log-level = loud");
        var (exitCode, output, error) = await GatewayProcess.RunAsync([.. args, file.Path]);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(
            $"{file.Path}:4: services.echo.prot: unknown key; known keys are address, buffer, handler, idle-timeout, "
                + "max-connections, port, tcpmux\n"
                + $"{file.Path}:7: log-level: must be one of debug, info, warning, error; it is \"loud\"\n",
            error);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told()
    {
        using var file = new ConfFile("");
        var missing = Path.Combine(file.Folder, "missing.conf");
        var large = Path.Combine(file.Folder, "large.conf");
        await File.WriteAllBytesAsync(large, new byte[(1 << 20) + 1]);

        Assert.Equal((2, "", $"{missing}: cannot be read: no such file\n"),
            await GatewayProcess.RunAsync("--config", missing));
        Assert.Equal((2, "", $"{file.Folder}: cannot be read: it is a directory\n"),
            await GatewayProcess.RunAsync("check", "--config", file.Folder));
        Assert.Equal((2, "", $"{large}: cannot be read: it has more than 1048576 bytes\n"),
            await GatewayProcess.RunAsync("--config", large));
    }

    [Fact]
    public async Task What_Akka_refuses_is_told_with_its_block()
    {
        using var file = new ConfFile(Conf.Services, "akka.actor.default-dispatcher.throughput = many");
        var (exitCode, output, error) = await GatewayProcess.RunAsync("--config", file.Path);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith($"{file.Path}:9: akka: Akka refuses it: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }
}

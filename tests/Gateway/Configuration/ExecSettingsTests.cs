using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class ExecSettingsTests
{
    [Fact]
    public void A_program_is_read_with_all_that_it_has()
    {
        var exec = Settings("""
            gateway.defaults.run-limit = 30s
            gateway.services {
              a {
                handler = exec, port = 1, program = "/bin/sh", arguments = ["-c", "exit 3", plain]
                environment { LANG = C.UTF-8, GREETING = "hello world" }
                inherit = [PATH, HOME]
                directory = "/tmp"
              }
              exec { port = 2, program = "/bin/cat", run-limit = none }
            }
            """).Select(s => s.Exec!).ToArray();
        Assert.Equal(("/bin/sh", "/tmp", TimeSpan.FromSeconds(30)),
            (exec[0].Program, exec[0].Directory, exec[0].RunLimit));
        Assert.Equal(["-c", "exit 3", "plain"], exec[0].Arguments);
        Assert.Equal(["GREETING=hello world", "LANG=C.UTF-8"],
            exec[0].Environment.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["PATH", "HOME"], exec[0].Inherited);
        Assert.Equal(("/bin/cat", null, null), (exec[1].Program, exec[1].Directory, exec[1].RunLimit));
        Assert.Empty(exec[1].Arguments);
        Assert.Empty(exec[1].Environment);
    }

    [Fact]
    public void Tcpmux_does_not_reach_a_program() =>
        Assert.False(Assert.Single(Settings("gateway.services.exec { port = 1, program = \"/bin/cat\" }")).Tcpmux);

    [Theory]
    [InlineData("", "program: missing; it must be an absolute path such as /bin/cat", 1)]
    [InlineData("program = cat", "program: must be an absolute path such as /bin/cat; it is \"cat\"", 3)]
    [InlineData("program = /bin/cat\narguments = -c",
        "arguments: must be a list of texts such as [\"-c\", \"a b\"]; it is \"-c\"", 4)]
    [InlineData("program = /bin/cat\narguments = [\"a\\u0000b\"]",
        "arguments: must be a list of texts such as [\"-c\", \"a b\"]; it is a list", 4)]
    [InlineData("program = /bin/cat\nenvironment = PATH", "environment: must be a block in { }", 4)]
    [InlineData("program = /bin/cat\nenvironment {\n1A = x\n}",
        "environment.1A: a variable's name is letters, digits and _, and begins with no digit", 5)]
    [InlineData("program = /bin/cat\nenvironment {\nA { B = x }\n}",
        "environment.A: must be a text; it is a block", 5)]
    [InlineData("program = /bin/cat\ninherit = [\"A=B\"]", "inherit: \"A=B\" is no name of a variable", 4)]
    [InlineData("program = /bin/cat\ndirectory = tmp",
        "directory: must be an absolute path such as /bin/cat; it is \"tmp\"", 4)]
    [InlineData("program = /bin/cat\nrun-limit = 25h", "run-limit: must be a duration such as 500ms, 10s or 2m, from "
        + "10ms to 24h, or none; it is \"25h\"", 4)]
    [InlineData("program = /bin/cat\ntcpmux = on", "tcpmux: tcpmux has read from the connection by then, and a "
        + "program can only be given one that was not read", 4)]
    [InlineData("program = /bin/cat\nbuffer = 1KiB", "buffer: unknown key; known keys are address, arguments, "
        + "directory, environment, handler, idle-timeout, inherit, max-connections, port, program, run-limit, "
        + "tcpmux, wait", 4)]
    [InlineData("program = /bin/cat\nwait = nowait", "wait: must be on or off; it is \"nowait\"", 4)]
    [InlineData("program = /bin/cat\nwait = on\nmax-connections = 3", "max-connections: with wait = on the program "
        + "accepts its connections by itself", 5)]
    [InlineData("program = /bin/cat\nwait = on\nidle-timeout = 3m", "idle-timeout: with wait = on the program "
        + "accepts its connections by itself", 5)]
    [InlineData("program = /bin/cat\nwait = on\ntcpmux = on", "tcpmux: tcpmux has read from the connection by then, "
        + "and a program can only be given one that was not read", 5)]
    public void What_is_wrong_is_named_with_its_line(string members, string expected, int line)
    {
        var result = Read($"gateway.services.exec {{\nport = 1\n{members}\n}}");
        var error = Assert.Single(Assert.IsType<SettingsResult.Invalid>(result).Errors);
        Assert.Equal($"x.conf:{line}: services.exec.{expected}", error.ToString());
    }

    [Fact]
    public void A_program_has_each_connection_unless_it_waits()
    {
        var waits = Settings("""
            gateway.services {
              a { handler = exec, port = 1, program = "/bin/cat", wait = true, run-limit = 1m }
              b { handler = exec, port = 2, program = "/bin/cat", wait = off, max-connections = 3 }
              c { handler = exec, port = 3, program = "/bin/cat" }
            }
            """).Select(service => service.Waits);
        Assert.Equal([true, false, false], waits);
        var alone = Read("gateway.services.a { handler = exec, port = none, program = /bin/cat, wait = on }");
        Assert.Equal(["services.a.port"], Assert.IsType<SettingsResult.Invalid>(alone).Errors.Select(e => e.Key));
    }

    [Fact]
    public void The_keys_of_a_program_are_no_defaults_and_no_other_handlers()
    {
        var result = Read(
            "gateway.services.echo { port = 1, program = /bin/cat }\ngateway.defaults.program = /bin/cat");
        Assert.Equal(
            ["services.echo.program", "defaults.program"],
            Assert.IsType<SettingsResult.Invalid>(result).Errors.Select(error => error.Key));
    }

    private static IReadOnlyList<ServiceSettings> Settings(string text) =>
        Assert.IsType<SettingsResult.Valid>(Read(text)).Settings.Services;

    private static SettingsResult Read(string text) => SettingsReader.Read(
        new ConfigSource("x.conf", text), ServiceCatalogue.Standard(TimeProvider.System).Handlers);
}

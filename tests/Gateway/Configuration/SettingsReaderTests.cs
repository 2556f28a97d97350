using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;

namespace Handoff.Gateway.Tests.Configuration;

public sealed class SettingsReaderTests
{
    private const string KnownHandlers = "chargen, daytime, discard, echo, exec, tcpmux, time";
    private const string AConnectionCount = "a whole number from 1 to 1000000";
    private const string AnIdleTimeout = "a duration such as 500ms, 10s or 2m, from 10ms to 24h";
    private const string ABuffer = "a size such as 16KiB, from 74 to 1048576 bytes";
    private const string KnownServiceKeys = "address, buffer, handler, idle-timeout, max-connections, port, tcpmux";

    [Theory]
    [InlineData("gateway.services.echo.prot = 7", "x.conf:1: services.echo.port: missing; it must be a port "
        + "from 0 (any free one) to 65535, or none",
        "x.conf:1: services.echo.prot: unknown key; known keys are " + KnownServiceKeys)]
    [InlineData("gateway.services {\n  echo {\n    port = 7\n    prot = 7\n  }\n}",
        "x.conf:4: services.echo.prot: unknown key; known keys are " + KnownServiceKeys)]
    [InlineData("gateway.services.time { port = 7, buffer = 1KiB }", "x.conf:1: services.time.buffer: unknown key; "
        + "known keys are address, handler, idle-timeout, max-connections, port, tcpmux")]
    [InlineData("gatway {\n}\ngateway.services.echo.port = 7",
        "x.conf:1: gatway: unknown key; known keys are akka, gateway, handoff")]
    [InlineData("gateway.services.echo.port = 7\nservices.time.port = 8",
        "x.conf:2: services: unknown key; known keys are akka, gateway, handoff")]
    [InlineData("gateway.services.echo.port = 7\ngateway.drain = 1s", "x.conf:2: drain: unknown key; "
        + "known keys are close-timeout, control, defaults, drain-timeout, keeper, log-level, services, "
        + "start-timeout, upgrade")]
    [InlineData("gateway.services.echo.port = 7\ngateway.defaults {\n\n  port = 1\n}",
        "x.conf:4: defaults.port: unknown key; known keys are address, buffer, handoff-timeout, idle-timeout, "
        + "line-timeout, max-connections, max-line, run-limit, tcpmux")]
    [InlineData("gateway.services.echo.port = 7\nhandoff.offer.time = 1s",
        "x.conf:2: handoff.offer.time: unknown key; Handoff's reference.conf lists the known ones")]
    public void An_unknown_key_is_named_with_the_ones_there_are(string text, params string[] expected) =>
        Assert.Equal(expected, Errors(text));

    [Theory]
    [InlineData("port = seven", "port", "a port from 0 (any free one) to 65535, or none", "\"seven\"")]
    [InlineData("port = 65536", "port", "a port from 0 (any free one) to 65535, or none", "\"65536\"")]
    [InlineData("port = -1", "port", "a port from 0 (any free one) to 65535, or none", "\"-1\"")]
    [InlineData("port { a = 1 }", "port", "a port from 0 (any free one) to 65535, or none", "a block")]
    [InlineData("port = [7]", "port", "a port from 0 (any free one) to 65535, or none", "a list")]
    [InlineData("address = localhost", "address", "an IP address such as 127.0.0.1 or \"::1\"", "\"localhost\"")]
    [InlineData("address = 127", "address", "an IP address such as 127.0.0.1 or \"::1\"", "\"127\"")]
    [InlineData("tcpmux = yes", "tcpmux", "on or off", "\"yes\"")]
    [InlineData("max-connections = 0", "max-connections", AConnectionCount, "\"0\"")]
    [InlineData("max-connections = 1e3", "max-connections", AConnectionCount, "\"1e3\"")]
    [InlineData("max-connections = 99999999999", "max-connections", AConnectionCount, "\"99999999999\"")]
    [InlineData("idle-timeout = 10", "idle-timeout", AnIdleTimeout, "\"10\"")]
    [InlineData("idle-timeout = 25h", "idle-timeout", AnIdleTimeout, "\"25h\"")]
    [InlineData("idle-timeout = infinite", "idle-timeout", AnIdleTimeout,
        "\"infinite\"")]
    [InlineData("buffer = 16 apples", "buffer", ABuffer, "\"16 apples\"")]
    [InlineData("buffer = 73B", "buffer", ABuffer, "\"73B\"")]
    [InlineData("buffer = 999999999MiB", "buffer", ABuffer, "\"999999999MiB\"")]
    public void A_value_of_the_wrong_type_is_named_with_what_it_must_be(
        string member, string key, string expected, string found)
    {
        var port = member.StartsWith("port", StringComparison.Ordinal) ? "" : "port = 7";
        Assert.Equal([$"x.conf:3: services.echo.{key}: must be {expected}; it is {found}"],
            Errors($"gateway.services.echo {{\n{port}\n{member}\n}}"));
    }

    [Theory]
    [InlineData("gateway.log-level = loud", "log-level: must be one of debug, info, warning, error; it is \"loud\"")]
    [InlineData("gateway.drain-timeout = 1d",
        "drain-timeout: must be a duration such as 500ms, 10s or 2m, from 10ms to 1h; it is \"1d\"")]
    [InlineData("gateway.keeper.retry-interval = never",
        "keeper.retry-interval: must be a duration such as 500ms, 10s or 2m, from 10ms to 1h; it is \"never\"")]
    [InlineData("gateway.defaults.max-line = 4B",
        "defaults.max-line: must be a size such as 16KiB, from 34 to 65536 bytes; it is \"4B\"")]
    [InlineData("gateway = 5", "gateway: must be a block in { }")]
    [InlineData("gateway.services.time = 5", "services.time: must be a block in { }")]
    [InlineData("gateway.services.ecko.port = 1",
        "services.ecko.handler: unknown handler \"ecko\"; known handlers are " + KnownHandlers)]
    [InlineData("gateway.services.a { handler = b, port = 1 }",
        "services.a.handler: unknown handler \"b\"; known handlers are " + KnownHandlers)]
    [InlineData("gateway.services.\"a b\" { handler = echo, port = 1 }",
        "services.\"a b\": a service's name is 1 to 32 letters, digits, - and _")]
    [InlineData("gateway.services.Help { handler = echo, port = 1 }",
        "services.Help: the name is reserved: tcpmux answers it with the list of services")]
    [InlineData("gateway.services.time.port = 7", "services.time.port: 127.0.0.1:7 is taken by service echo")]
    [InlineData("gateway.services.time.port = none",
        "services.time.port: none, but tcpmux does not reach the service either")]
    [InlineData("gateway.services.Echo { handler = echo, port = 8 }",
        "services.Echo: tcpmux cannot tell it from echo")]
    [InlineData("handoff.offer = 5", "handoff.offer: must be a block in { }")]
    [InlineData("handoff.listen.backlog = 0",
        "handoff.listen.backlog: Handoff cannot use \"0\": handoff.listen.backlog is 0; it must be at least 1.")]
    [InlineData("include \"x\"", "include is not supported: a configuration is one file")]
    public void Whatever_else_is_wrong_is_named_with_its_line(string line, string expected) =>
        Assert.Equal([$"x.conf:3: {expected}"], Errors($"gateway.services.echo.port = 7\n\n{line}"));

    [Fact]
    public void Every_fault_is_told_and_each_one_once()
    {
        var errors = Errors("gateway.defaults.tcpmux = perhaps\n"
            + "gateway.services {\n echo.port = x\n time.port = 7\n timer.port = 8\n}");
        Assert.Equal(
            [
                "x.conf:1: defaults.tcpmux: must be on or off; it is \"perhaps\"",
                "x.conf:3: services.echo.port: must be a port from 0 (any free one) to 65535, or none; it is \"x\"",
                "x.conf:5: services.timer.handler: unknown handler \"timer\"; "
                    + "known handlers are chargen, daytime, discard, echo, exec, tcpmux, time",
            ],
            errors);
    }

    [Theory]
    [InlineData("", "x.conf: services: there is no service")]
    [InlineData("gateway { }\ngateway.services {\n}", "x.conf:2: services: there is no service")]
    [InlineData("gateway.services {\n echo {\n", "x.conf:2: this { is never closed")]
    public void A_configuration_without_a_service_is_refused(string text, string expected) =>
        Assert.Equal([expected], Errors(text));

    [Fact]
    public void What_a_service_does_not_say_is_in_defaults_and_then_in_the_built_in_configuration()
    {
        var settings = Valid("""
            gateway.defaults { idle-timeout = 3s, buffer = 1k }
            gateway.services {
              tcpmux { port = 0 }
              echo { port = none, idle-timeout = "1.5 seconds" }
              other { handler = chargen, port = 0, address = "::1", tcpmux = off, max-connections = 7 }
            }
            """);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.DrainTimeout);
        var services = settings.Services.ToDictionary(s => s.Name);
        Assert.Equal(["tcpmux", "echo", "other"], settings.Services.Select(s => s.Name));
        Assert.Null(services["echo"].EndPoint);
        Assert.Equal(TimeSpan.FromSeconds(1.5), services["echo"].IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), services["other"].IdleTimeout);
        Assert.Equal("[::1]:0", services["other"].EndPoint!.ToString());
        Assert.Equal((1024, 7), (services["echo"].MaxConnections, services["other"].MaxConnections));
        Assert.Equal((true, false, false),
            (services["echo"].Tcpmux, services["other"].Tcpmux, services["tcpmux"].Tcpmux));
        Assert.Equal(1024, services["other"].Buffer);
    }

    private static string[] Errors(string text) => Read(text) switch
    {
        SettingsResult.Invalid(var errors) => [.. errors.Select(e => e.ToString())],
        _ => ["none"],
    };

    private static GatewaySettings Valid(string text) => Read(text) switch
    {
        SettingsResult.Valid(var settings) => settings,
        SettingsResult.Invalid(var errors) => throw new InvalidOperationException(string.Join('\n', errors)),
        _ => throw new InvalidOperationException(),
    };

    private static SettingsResult Read(string text) =>
        SettingsReader.Read(new ConfigSource("x.conf", text), ServiceCatalogue.Standard(TimeProvider.System).Handlers);
}
